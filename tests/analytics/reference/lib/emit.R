# What the scripts share: reading sheets, printing JSON, and the two things written out by hand on purpose.

unsur <- paste0("u", 1:9)

# One object, name -> list of numbers, each with the 17 digits that give the same double back.
emit <- function(results) {
  line <- function(name) {
    sprintf('  "%s": [%s]', name, paste(sprintf("%.17g", unname(results[[name]])), collapse = ", "))
  }
  cat("{\n", paste(sapply(names(results), line), collapse = ",\n"), "\n}\n", sep = "")
}

# Sheets without any answer are not filled questionnaires.
sheets <- function(file) {
  rows <- read.csv(file)
  rows <- rows[rowSums(rows[unsur]) > 0, ]
  rows$index <- 25 * rowMeans(rows[unsur])
  rows
}

# t on the logit of the position between 25 and 100.
logit_t <- function(value, se, df) {
  p <- (value - 25) / 75
  g <- qlogis(p) + c(-1, 1) * qt(0.975, df) * se / 75 / (p * (1 - p))
  25 + 75 * plogis(g)
}

plain_t <- function(value, se, df) {
  pmin(100, pmax(25, value + c(-1, 1) * qt(0.975, df) * se))
}

satterthwaite <- function(v, df) sum(v)^2 / sum(v[v > 0]^2 / df[v > 0])
