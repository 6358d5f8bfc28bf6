# What base R says of a question: `answers` is a column, or one an answer that can be ticked; `reasons` are those of missing answers, from 0.
share_row <- function(k, n, level) c(k, n, proportion(k, n, level), rep(NA, 5))
table_of <- function(kind, answers, reasons, members, groups, level) {
  known <- !is.na(members); answers <- answers[known, , drop = FALSE]; reasons <- reasons[known]; members <- members[known]
  parts <- c(lapply(seq_len(groups) - 1, function(g) members == g), list(rep(TRUE, length(members)))); rows <- list()
  add <- function(row) rows[[length(rows) + 1]] <<- row
  if (kind == "number") for (part in parts) {
    x <- answers[part, 1]; s <- summary_(x); add(c(s[1], sum(part), NA, NA, NA, if (s[1]) s[2:6] else rep(NA, 5)))
  } else if (kind == "multiple") for (j in seq_len(ncol(answers))) for (part in parts) {
    add(share_row(sum(answers[part, j], na.rm = TRUE), sum(part) - sum(reasons[part] == 0, na.rm = TRUE), level))
  } else for (code in 0:2) for (part in parts) add(share_row(sum(answers[part, 1] == code, na.rm = TRUE), sum(!is.na(answers[part, 1])), level))
  for (reason in intersect(0:3, reasons)) for (part in parts) add(share_row(sum(reasons[part] == reason, na.rm = TRUE), sum(part), level))
  unlist(rows)
}
words_test <- function(x, g, level, drawn) {
  known <- !is.na(x) & !is.na(g); t <- table(x[known], g[known]); n <- sum(t); if (min(dim(t)) < 2) return(c(n, rep(NA, 4)))
  f <- from_counts(unclass(t), level, drawn, 99999); few <- min(quiet(chisq.test(t)$expected)) < 5; c(n, if (few) f[7] else f[4], f[8:10])
}
numbers_test <- function(x, g, level, ordinal, ours, far) {
  known <- !is.na(x) & !is.na(g); x <- x[known]; g <- g[known]; n <- length(x); k <- sort(unique(g)); none <- c(n, rep(NA, 4))
  if (length(k) > 2) { f <- several_groups(x, g, level, ours); return(c(n, f[5:8])) }
  if (length(k) < 2) return(none)
  a <- x[g == k[1]]; b <- x[g == k[2]]; f <- two_groups(a, b, level, ordinal); if (is.na(f[12])) return(none)
  means <- !ordinal && !anyNA(f[9:10]) && min(f[9:10]) >= .05; c(n, f[12], if (means) f[16:18] else f[19:21]) * c(1, 1, 1, if (far) c(NA, NA) else c(1, 1))
}
tests_of <- function(kind, answers, g, level, drawn, ours, far) unlist(lapply(seq_len(ncol(answers)), function(j) {
  if (kind %in% c("single", "multiple")) words_test(answers[, j], g, level, drawn[j]) else numbers_test(answers[, j], g, level, kind == "ordinal", ours[j, ], far)
}))
overall_counts <- function(kind, answers, n, asked) {
  if (kind == "number" || if (kind == "multiple") !asked else all(is.na(answers))) return(numeric())
  c(rbind(if (kind == "multiple") colSums(answers, na.rm = TRUE) else table(factor(answers[, 1], 0:2)), n))
}
