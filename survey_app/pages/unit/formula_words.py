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
}


def row(formula: Formula, language: Language) -> tuple[str, str, str]:
    """Name, formula and source in `language`."""
    if language == "en":
        return formula.name_en, formula.formula, formula.source
    return formula.name_id, *_INDONESIAN[formula.key]
