# What statcheck says of each row of statcheck.csv, by its rule (Nuijten et al. 2016) and R's own laws: the statistic is
# anywhere within half a unit of its last digit, and p is rounded to the digits printed. Rows that statcheck does not
# read stay `refused`. Rscript statcheck_rule.R statcheck.csv
rows <- read.csv(commandArgs(TRUE)[1], colClasses = "character", na.strings = character())
given <- function(text, key) {
  after <- sub(paste0(".*\\b", key, ": (\\[[^]]*\\]|'[^']*'|\\w+).*"), "\\1", text)
  if (after == text) character() else strsplit(gsub("[]['  ]", "", gsub("', '", ";", after)), ";")[[1]]
}
split <- function(print) {
  print <- gsub(",", "", if (print == "ns") "> .05" else print)
  digits <- sub("^[<> ]+", "", print)
  decimals <- nchar(sub("^[^.]*\\.?", "", sub("e.*", "", digits))) + as.numeric(sub("^[^e]*(e-)?", "0", digits))
  list(sign = sub("[^<>].*", "", print), number = as.numeric(digits), decimals = decimals)
}
tail_of <- function(law, df, x) {
  switch(law,
    t = 2 * pt(-x, df[1]), z = 2 * pnorm(-x), r = 2 * pt(-x * sqrt(df[1] / (1 - x^2)), df[1]),
    F = pf(x, df[1], df[2], lower.tail = FALSE), pchisq(x, df[1], lower.tail = FALSE))
}
expected <- function(row) {
  if (row$expected == "refused") return("refused")
  value <- split(given(row$arguments, "value"))
  p <- split(given(row$arguments, "p"))
  if (p$sign != ">" && p$number <= 0) return("impossible")
  half <- 0.5 * 10^-value$decimals
  law <- given(row$arguments, "law")
  df <- as.numeric(given(row$arguments, "df"))
  tails <- if (row$conventions == "") 1 else 2
  high <- tail_of(law, df, abs(value$number) - half) / tails
  low <- tail_of(law, df, abs(value$number) + half) / tails
  printed <- function(x) round(x, p$decimals)
  wrong <- switch(paste0(value$sign, "|", p$sign),
    "|" = p$number > printed(high) || p$number < printed(low), "|<" = p$number < low, "|>" = p$number > high,
    "<|" = p$number < printed(high), "<|<" = p$number < high, "<|>" = FALSE,
    ">|" = p$number > printed(low), ">|<" = FALSE, ">|>" = p$number > low)
  if (wrong) "impossible" else "possible"
}
cat(vapply(seq_len(nrow(rows)), function(i) expected(rows[i, ]), ""), sep = "\n")
