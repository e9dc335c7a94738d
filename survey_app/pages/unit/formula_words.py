"""The formulas behind a unit's number in Indonesian; English is how analytics lists them."""

from __future__ import annotations

from analytics.formulas import Formula
from survey_app.text import Language

#: Formula and source by the key of the list.
_INDONESIAN = {
    "nrr": ("NRR_i = jumlah nilai unsur i / banyak yang menjawab unsur i", "PermenPANRB 14/2017"),
    "weighted-nrr": (
        "w_i × NRR_i dengan w_i = 1/x untuk x unsur, atau bobot unsur dominan yang dijumlah menjadi 1",
        "PermenPANRB 14/2017",
    ),
    "ikm": (
        "IKM = 100/tingkat × jumlah w_i NRR_i (25 × untuk empat tingkat), tepat, dibulatkan sekali setengah "
        "ke atas, 2 desimal",
        "PermenPANRB 14/2017",
    ),
    "rounding": (
        "bulatkan ke bawah(nilai × 10^desimal + 1/2) / 10^desimal, dari pecahan yang tepat",
        "pembulatan setengah ke atas",
    ),
    "mutu": (
        "D 25,00–64,99, C 65,00–76,60, B 76,61–88,30, A 88,31–100,00, dari IKM yang dibulatkan",
        "PermenPANRB 14/2017, nilai interval konversi",
    ),
    "comparators": (
        "25 × 0,11 × jumlah NRR dan 25 × 0,111 × jumlah NRR, untuk sembilan unsur berbobot sama; hanya "
        "pembanding, bukan hasil resmi",
        "PermenPANRB 14/2017, batang tubuh (0,11) dan format pengolahan (0,111)",
    ),
    "ikm-se": (
        "SE = 100/tingkat × akar((1 − n/N) × n/(n − 1) × jumlah untuk semua responden (jumlah_i w_i (x_i "
        "− NRR_i)/n_i)^2); 1 − n/N hanya jika N diketahui",
        "Cochran 1977, 6.4; Woodruff 1971 (rasio rata-rata yang dilinearkan)",
    ),
    "ikm-interval": (
        "m = (IKM − dasar)/(100 − dasar), dasar = 100/tingkat; semua θ dengan (m − b − (1 − 2b) θ)^2 ≤ "
        "t^2 A θ (1 − θ), dan m sendiri; A = φ (1 − n/N)/n; b = 0,07 A (t^2 (1 − ν/df) − 1); φ = "
        "(d φ_0 + w φ_p + ν φ_s)/df, df = d + w + ν, d = 6/(1 + w/20), w tanpa bulan sebelumnya 0, dan "
        "dikali (φ_p/φ_s)^2 jika φ_s di atas φ_p; t dari df pada 97,5%; batas bawah 0 jika m − b ≤ 0, "
        "batas atas 1 jika m − b ≥ 1 − 2b; paling rendah n/N m, paling tinggi n/N m + 1 − n/N; dasar + (100 "
        "− dasar) θ; n seperti pada keragaman jawaban pada sampel; jika semua N pengguna layanan "
        "menjawab, kedua batasnya m",
        "Wilson 1927; Franco, Little, Louis, dan Slud 2019; ragam termoderasi menurut Smyth 2004",
    ),
    "dispersion-own": (
        "φ_s = S^2/(m (1 − m) + S^2/n), S^2 ragam letak tiap responden pada skala, m letak IKM; 0 jika semua "
        "sama; ν = (n − 1) × min(1, 9 m (1 − m)); n rata-rata harmonik jumlah jawaban tiap unsur, "
        "menurut bobot",
        "ragam kuasi-binomial, McCullagh dan Nelder 1989, 4.5; ν dari simulasi",
    ),
    "dispersion-expected": (
        "φ_0 = 0,22 + 0,78 (q/a + 0,3 (1 − q)/a), a = tingkat − 1, q = jumlah w_i^2; 0,318 untuk sembilan "
        "unsur berbobot sama dengan empat tingkat",
        "jawaban beta-binomial yang mirip pada orang yang sama, dan orang yang memberi satu nilai saja",
    ),
    "dispersion-past": (
        "dari 24 bulan kalender sebelumnya: φ_p = jumlah ν_t φ_t/jumlah ν_t, atau dari 6 atau 3 bulan "
        "terakhir jika lebih besar dan setengah jumlah ν_t-nya paling sedikit 5, dibulatkan ke atas sampai "
        "0,01; w = jumlah ν_t/2, paling banyak 60, dibulatkan ke bawah ke kelipatan 5; bulan-bulan dengan "
        "kurang dari 5 lembar digabung, pada bulan terakhirnya, begitu jumlahnya 5; tanpa bulan suatu "
        "layanan jika layanan lain pada unitnya hanya 1 sampai 4 lembar",
        "Smyth 2004; jangka waktu dan bobot dari simulasi",
    ),
    "peers": (
        "dari unit-unit dengan sedikitnya 10 lembar dalam 12 bulan kalender sebelumnya, paling sedikit 20 "
        "unit: F = (jumlah v φ_t + φ_0)/(1 + jumlah v), v = ν_t/(ν_t + 8), dari semua bulannya, dibulatkan "
        "ke atas sampai 0,01; h_k, bagian unit pada 30 bagian skala yang sama lebar, mula-mula 1/30 dan dua "
        "kali diperbarui: h_k = rata-rata h_k L_k/jumlah h_l L_l semua unit, L_k = integral θ^(m e) (1 − "
        "θ)^((1 − m) e) pada bagian k, m = jumlah n_t m_t/n, n = jumlah n_t, e = n (20 + jumlah ν_t)/(20 F "
        "+ jumlah ν_t φ_t); dibulatkan sampai 0,01",
        "Laird 1978, dihentikan dini; kalibrasi dari simulasi",
    ),
    "mutu-odds": (
        "P(batas bawah ≤ IKM sebenarnya < batas atas): integral h(θ) θ^(m e) (1 − θ)^((1 − m) e) di antara "
        "kedua batas, dibagi yang dari 0 sampai 1; jika N diketahui, IKM = n/N m + (1 − n/N) y, y dari "
        "sebaran beta dengan rata-rata θ dan ukuran (N − n)/φ − 1; h = (K h_k + g_k)/(K + 1) untuk K unit, "
        "tanpa sebaran unit g_k: 0,8 dari sebaran beta dengan rata-rata 0,76 dan ukuran 16, dan 0,2 sama "
        "rata; e = n/φ, φ = (20 F + w φ_p + ν φ_s)/(20 + w + ν), w seperti pada selang kepercayaan (dikali "
        "(φ_p/φ_s)^2 jika φ_s di atas φ_p), tanpa sebaran unit φ seperti pada selang kepercayaan; mutu "
        "dimulai pada batas tercetak − 0,005; dengan persen mulai 10 lembar jika ada sebaran unit, dengan "
        "kata jika hanya satu di antaranya",
        "Bayes; Franco, Little, Louis, dan Slud 2019; kalibrasi dari simulasi",
    ),
    "change": (
        "D = a − b; D − akar((a − l_a)^2 + (u_b − b)^2) sampai D + akar((u_a − a)^2 + (b − l_b)^2), l dan u "
        "batas selang kepercayaan tiap periode, dengan bulan sebelum periode yang lebih awal dan periode "
        "lainnya sebagai masa lalunya: w = w_p + ν/2 periode lainnya, paling banyak 60, φ_p rata-rata "
        "keduanya dengan bobot w_p dan ν/2; p = 1 − tingkat kepercayaan yang batasnya tepat 0",
        "Zou dan Donner 2008 (MOVER)",
    ),
    "trend": (
        "S = jumlah sgn(y_j − y_i); ragam S = (n(n−1)(2n+5) − jumlah t(t−1)(2t+5))/18 × faktor kemiripan "
        "periode yang berurutan; (S ∓ 1)/akar(ragam S) terhadap t(df); laju = median (y_j − y_i)/(t_j − "
        "t_i), selang kepercayaan 95% pada urutan (N ∓ t(df) akar(ragam S))/2; tidak melewati pergantian "
        "aturan atau kuesioner",
        "Mann 1945; Kendall 1975; Hamed dan Rao 1998; Theil 1950; Sen 1968",
    ),
    "seasonal-trend": (
        "S dan ragam S dijumlahkan dari semua bulan kalender; laju = median laju dalam bulan kalender yang "
        "sama",
        "Hirsch, Slack, dan Smith 1982",
    ),
    "persistence": (
        "e = M y, sisaan dari garis lurus (dan tingkat tiap bulan kalender); r = jumlah e_i e_(i+1)/jumlah "
        "e_i^2; c dengan tr(MAMR)/tr(MR) = r, R = c^jarak, A = 1/2 bagi periode yang berurutan; faktor = "
        "V(c)/V(0), paling rendah 1, V(c) = (2/π) jumlah arcsin(korelasi dua selisih menurut R); df = "
        "pangkat(M)/2 + 2, paling banyak pangkat(M)",
        "Hamed dan Rao 1998; Sheppard 1899; df dari simulasi",
    ),
    "laney": (
        "y dengan z_t(y) = ∓ 3 σ_z; z_t(y) = sudut batas y pada n_t/φ lembar dikurangi 2 akar(n_t/φ) asin "
        "akar(c), c = letak jumlah n_t y_t/jumlah n_t; φ = (6 φ_k + ν φ_b)/(6 + ν), φ_k menurut kuesioner, "
        "φ_b = sd^2/(rentang^2 c (1 − c)), sd simpangan baku satu lembar dalam bulannya dari semua bulan, ν "
        "= jumlah (n_t − 1) min(1, 9 c (1 − c)); σ_z = rata-rata |z_t − z_(t−1)|/(2/akar(π)), paling rendah "
        "1",
        "Laney 2002; alarm palsu dari simulasi",
    ),
    "limit-angle": (
        "2 akar(n) asin akar((m n + 3/8)/(n + 3/4)), m letak rata-rata pada skala, n jumlah lembar efektif",
        "Anscombe 1948",
    ),
    "sheet-sd": (
        "akar(jumlah kuadrat jarak dari bulannya, dari semua bulan/jumlah (n_t − 1)); bulan yang semua "
        "jawabannya sama ikut dihitung",
        "Montgomery, Introduction to Statistical Quality Control, 6.2",
    ),
    "laney-false-alarm": (
        "bagian titik, dan bagian diagram, di luar batasnya sendiri pada deret stabil yang disimulasikan: "
        "tiap bulan mengambil lembar sebanyak miliknya dari lembar semua bulan",
        "bootstrap, Efron 1979",
    ),
    "item-rest": (
        "r_i = kovarians(x_i, jumlah unsur lainnya)/akar(ragam x_i × ragam jumlah unsur lainnya)",
        "Guilford 1953",
    ),
    "priorities": (
        "kepentingan = korelasi unsur dengan unsur lainnya, kinerja = NRR; dibagi pada rata-rata semua "
        "unsur; selang kepercayaan NRR: selang kepercayaan IKM dari kuesioner dengan unsur itu saja, antara "
        "1 dan tingkat tertinggi",
        "Martilla dan James 1977, dengan kepentingan yang diturunkan dari jawaban",
    ),
    "what-if": (
        "perubahan IKM = 100/tingkat × jumlah w_i × perubahan NRR_i, tepat",
        "PermenPANRB 14/2017 (IKM linear terhadap NRR)",
    ),
    "next-mutu": (
        "perubahan NRR_i = (batas bawah mutu − 0,005 − IKM)/(100/tingkat × w_i); lembar = bulatkan ke "
        "atas(n_i × perubahan NRR_i)",
        "PermenPANRB 14/2017, pembulatan setengah ke atas",
    ),
    "steps-up": (
        "kenaikan = (batas bawah mutu − 0,005)/(100/tingkat) − NRR, disebut setelah dibulatkan ke atas "
        "sampai 0,01; lembar = bulatkan ke atas(n × kenaikan)",
        "PermenPANRB 14/2017, pembulatan setengah ke atas",
    ),
    "stand-out": (
        "z = jumlah y/akar(jumlah n_ch (1 − n_ch/N_h) S_h^2), y tiap lembar dikurangi rata-rata layanan dan "
        "bulannya, h; p = bagian dari 399 pembagian ulang lembar di dalam layanan dan bulannya, dan yang "
        "nyata, dengan |z| terbesar dari semua jam atau kelompok yang memiliki sedikitnya 5 lembar tidak "
        "lebih kecil; jelas di bawah 0,05, bagi kelompok p × jumlah jenis kelompok",
        "Westfall dan Young 1993, max-T satu langkah",
    ),
    "krejcie-morgan": (
        "S = 3,841 N PQ/(d^2 (N − 1) + 3,841 PQ), P = Q = 0,5, d = 0,05, dibulatkan setengah ke atas",
        "Krejcie dan Morgan 1970",
    ),
    "half-width": (
        "d = akar(3,841 PQ (N − n)/(n (N − 1)))",
        "Krejcie dan Morgan 1970, diselesaikan untuk d",
    ),
    "allocation": (
        "bulatkan ke bawah(S × pengguna layanan itu/N), sisanya kepada layanan dengan sisa pembagian "
        "terbesar",
        "pembagian sebanding, Cochran 1977, 5.5",
    ),
    "progress": (
        "kurang = maksimum(0, perlu − ada); per hari = bulatkan ke atas(kurang/hari yang tersisa)",
        "hitungan",
    ),
    "post-stratification": (
        "jumlah N_g IKM_g/N; SE^2 = jumlah (N_g/N)^2 s_g^2/n_g, s_g^2 dengan n_g − 1; kelompok kecil "
        "meminjam ragam gabungan; df menurut Satterthwaite; efek desain Kish n jumlah w^2/(jumlah w)^2",
        "Holt dan Smith 1979; Cochran 1977, 5.4; Kish 1965, 11.2",
    ),
    "ways": (
        "y: dari x = m + y dengan kuadrat terkecil, m bagi tiap unsur pada layanan dan bulan, y bagi tiap "
        "lembar; d = jumlah w_h (y_h2 − y_h1)/jumlah w_h dari layanan dan bulan yang memiliki keduanya, w_h "
        "= n m/(n + m); SE^2: HC2, bagian v tiap cara paling rendah (10 v_p + f v)/(10 + f), v_p menurut "
        "ragam keduanya, f = lembar cara itu dikurangi banyak layanan dan bulan; df bentuk kuadrat itu pada "
        "ragam yang sama; tingkat keyakinan 1 − 0,05/m untuk m cara lain",
        "MacKinnon dan White 1985; Bell dan McCaffrey 2002",
    ),
    "shares-beside": (
        "bagian suatu kelompok dibandingkan dengan yang lain: p tepat Fisher (tabel yang peluangnya tidak "
        "lebih besar daripada tabel ini); disesuaikan menurut Benjamini-Hochberg untuk semua kelompok; jelas "
        "pada 0,05",
        "Fisher 1935; Benjamini dan Hochberg 1995",
    ),
    "raking": (
        "bobot dikalikan ke tiap jumlah yang diketahui bergantian sampai semuanya terpenuhi; NRR_i = jumlah "
        "w x/jumlah w; SE^2 = jumlah (w r)^2/(1 − h), r dan h sisaan dan daya ungkit dari regresi pada "
        "kelompok-kelompok itu; kelompok kecil meminjam ragam gabungan; df = tr(MD)^2/tr(MDMD)",
        "Deming dan Stephan 1940; Deville dan Särndal 1992; Bell dan McCaffrey 2002",
    ),
    "covariance": (
        "kov_ij = (p c_ij − s_ij s_ji)/(p (p − 1)), dari p lembar yang menjawab i dan j; s_ij jumlah nilai "
        "i, c_ij jumlah hasil kali",
        "kovarians sampel, berpasangan",
    ),
    "alpha": (
        "alfa = k/(k − 1) × (1 − jumlah ragam unsur/ragam jumlahnya); tanpa satu unsur: dari k − 1 lainnya",
        "Cronbach 1951",
    ),
    "alpha-interval": (
        "selang kepercayaan keandalan untuk alfa, dari alfa tanpa tiap lembar",
        "Tukey 1958",
    ),
    "polychoric": (
        "r memaksimumkan jumlah n_ab log P_ab(r); P_ab peluang sebaran normal ganda di antara ambang-ambang, "
        "yaitu kuantil normal dari bagian kumulatif tabel kedua unsur; −0,995 sampai 0,995",
        "Olsson 1979, dua langkah",
    ),
    "one-factor": (
        "l meminimumkan jumlah (r_ij − l_i l_j)^2 semua pasangan, dengan 1 − l_i^2 ≥ 0,005",
        "Harman dan Jones 1966; Harman dan Fukuda 1966",
    ),
    "omega": (
        "omega = 1 − jumlah (1 − l_i^2)/jumlah semua r_ij (termasuk k buah yang sama dengan satu), dari "
        "korelasi polikorik; batasnya: selang kepercayaan keandalan untuk omega, dari omega tanpa tiap "
        "lembar; sedikitnya 30 lembar untuk tiap pasangan",
        "McDonald 1999; Gadermann, Guhn, dan Zumbo 2012",
    ),
    "reliability-interval": (
        "1 − (1 − v) exp(±t s/akar(n)); s simpangan baku n log(1 − v) − (n − 1) log(1 − v_i) semua lembar, "
        "v_i tanpa lembar i; t dengan derajat bebas minimum(n − 1, 2 n/(kurtosis − 1)), kurtosisnya, 3 jika "
        "normal",
        "Tukey 1958, pada log(1 − v) (Bonett 2002)",
    ),
    "r-table": (
        "t/akar(n − 2 + t^2), t dua sisi 5% dengan n − 2 derajat bebas",
        "uji t untuk r = 0",
    ),
    "with-and-without": (
        "IKM semua lembar − IKM lembar yang tidak perlu ditinjau",
        "PermenPANRB 14/2017, dihitung dua kali",
    ),
}


def row(formula: Formula, language: Language) -> tuple[str, str, str]:
    """Name, formula and source in `language`."""
    if language == "en":
        return formula.name_en, formula.formula, formula.source
    return formula.name_id, *_INDONESIAN[formula.key]
