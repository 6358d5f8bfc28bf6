# Correct results as R computes them, one JSON object a line: Rscript results.R SEED DRAWS
# A number is [what it is, its value], as in printing.py; "from" is the call.
library(MASS)
asked <- as.integer(commandArgs(TRUE)); set.seed(asked[1]); draws <- asked[2]

json <- function(value) {
  if (is.list(value) && !is.null(names(value)))
    return(sprintf("{%s}", paste(sprintf('"%s": %s', names(value), sapply(value, json)), collapse = ", ")))
  if (is.list(value)) return(sprintf("[%s]", paste(sapply(value, json), collapse = ", ")))
  if (is.logical(value)) return(tolower(as.character(value)))
  if (is.character(value)) sprintf('"%s"', value) else sprintf("%.17g", value)
}
one <- function(style, value) list(style, as.numeric(value))
several <- function(style, values) lapply(as.numeric(values), function(value) one(style, value))
group <- function(values) list(one("n", length(values)), one("x", mean(values)), one("x", sd(values)))
size <- function(low = 10, high = 1000) round(exp(runif(1, log(low), log(high))))
pick <- function(...) sample(list(...), 1)[[1]]
say <- function(kind, from, arguments, truth = list(law = "normal"), judged = "", log = FALSE)
  cat(json(list(kind = kind, from = from, arguments = arguments, truth = truth, judged = judged, log = log)), "\n", sep = "")
finite <- function(...) all(is.finite(c(...))) && all(abs(c(...)) < 1e4)

answers <- function(n, shift) switch(sample(3, 1), pmin(5, pmax(1, round(rnorm(n, 3 + shift, 1.2)))),
                                     rnorm(n, 45 + 12 * shift, 12), round(rnorm(n, 45 + 12 * shift, 12)))
table_of <- function() repeat {
  first <- max(4, round(size() * runif(1, .25, .75))); second <- max(4, round(first * runif(1, .5, 2)))
  a <- rbinom(1, first, runif(1, .1, .9)); c <- rbinom(1, second, runif(1, .1, .9))
  counts <- matrix(c(a, first - a, c, second - c), 2, byrow = TRUE)
  if (all(colSums(counts) > 0)) return(counts)
}
rows <- function(counts) lapply(1:nrow(counts), function(row) several("n", counts[row, ]))

two_groups <- function() {
  one_ <- answers(max(5, size() %/% 2), 0); two <- sample(one_, max(5, round(length(one_) * .8)), TRUE) + rnorm(1, 0, .5)
  if (all(one_ == round(one_))) two <- round(two)
  if (sd(one_) == 0 || sd(two) == 0) return()
  side <- pick("two.sided", "two.sided", "less", "greater"); truth <- list(alternative = sub("\\.", "-", side))
  test <- pick("student", "welch", "ranks")
  run <- if (test == "ranks") suppressWarnings(wilcox.test(one_, two, alternative = side)) else
    t.test(one_, two, alternative = side, var.equal = test == "student")
  arguments <- list(first = group(one_), second = group(two), p = one("p", run$p.value))
  if (test != "ranks") arguments <- c(arguments, list(statistic = one("s", run$statistic), df = one("df", run$parameter)))
  say("group_test", if (test == "ranks") "wilcox.test" else "t.test", arguments, c(truth, test = test))
}
several_groups <- function() {
  n <- size(20); by <- factor(sample(4, n, TRUE)); values <- answers(n, 0) + as.integer(by) * rnorm(1, 0, .4)
  if (min(table(by)) < 3 || length(levels(by)) < 2 || min(tapply(values, by, sd)) == 0) return()
  test <- pick("student", "welch", "ranks"); groups <- lapply(unname(split(values, by)), group)
  p <- switch(test, student = summary(aov(values ~ by))[[1]][1, 5], welch = oneway.test(values ~ by)$p.value,
              ranks = kruskal.test(values, by)$p.value)
  say("anova", c(student = "aov", welch = "oneway.test", ranks = "kruskal.test")[[test]],
      list(groups = groups, p = one("p", p)), list(test = test))
}
pairs <- function() {
  one_ <- answers(size(), 0); two <- one_ * .6 + rnorm(length(one_), 0, sd(one_) * .6 + .1) + rnorm(1)
  test <- pick("student", "ranks")
  run <- if (test == "ranks") suppressWarnings(wilcox.test(one_, two, paired = TRUE)) else t.test(one_, two, paired = TRUE)
  say("paired_test", if (test == "ranks") "wilcox.test(paired)" else "t.test(paired)",
      list(first = group(one_)[-1], second = group(two)[-1], n = one("n", length(one_)), p = one("p", run$p.value)),
      list(test = test))
}
counted <- function() {
  counts <- table_of(); test <- pick("yates", "pearson", "fisher")
  run <- suppressWarnings(if (test == "fisher") fisher.test(counts) else chisq.test(counts, correct = test == "yates"))
  arguments <- list(counts = rows(counts), p = one("p", run$p.value))
  if (test != "fisher") arguments <- c(arguments, list(statistic = one("s", run$statistic), df = one("df", 1)))
  say("chi2", if (test == "fisher") "fisher.test" else "chisq.test", arguments, list(test = test))
}
fisher_wide <- function() {
  counts <- r2dtable(1, rmultinom(1, 40, rep(1, 3)) + 1, rmultinom(1, 40, rep(1, 3)) + 1)[[1]]
  say("chi2", "fisher.test 3 × 3", list(counts = rows(counts), p = one("p", fisher.test(counts, workspace = 2e7)$p.value)),
      list(test = "fisher"))
}
fisher <- function() {
  counts <- table_of(); level <- pick(95, 95, 95, 90, 99); run <- fisher.test(counts, conf.level = level / 100)
  if (!finite(run$estimate, run$conf.int) || run$conf.int[1] == 0) return()
  arguments <- list(estimate = one("r", run$estimate), interval = several("r", run$conf.int), p = one("p", run$p.value))
  sizes <- rowSums(counts)
  more <- list(odds_ratio = pick(list(), list(n = one("n", sum(counts))), list(counts = rows(counts))),
               contingency = list(n = one("n", sum(counts)), exposed = one("n", sizes[1]), unexposed = one("n", sizes[2])))
  kind <- pick("odds_ratio", "contingency")
  say(kind, "fisher.test", c(arguments, more[[kind]]),
      list(interval = "exact", test = "fisher", level = as.character(level)), log = TRUE)
}
logistic <- function() {
  n <- size(25); exposed <- rbinom(n, 1, runif(1, .3, .7)); measure <- rnorm(n, 45, 12)
  y <- rbinom(n, 1, plogis(rnorm(1) + rnorm(1) * exposed + rnorm(1, 0, .03) * (measure - 45)))
  if (min(table(factor(y, 0:1))) < 4 || length(unique(exposed)) < 2) return()
  form <- pick(y ~ exposed, y ~ measure, y ~ exposed + measure, y ~ measure + exposed)
  fit <- suppressWarnings(glm(form, family = binomial)); wald <- runif(1) < .4; level <- pick(95, 95, 95, 90, 99)
  bounds <- tryCatch(suppressWarnings(suppressMessages(
    if (wald) confint.default(fit, 2, level / 100) else confint(fit, 2, level / 100))), error = function(e) NA)
  if (!finite(bounds, exp(bounds), exp(coef(fit)[2])) || exp(bounds[1]) < .001) return()
  truth <- list(interval = if (wald) "wald" else "profile", test = "wald", level = as.character(level), law = "normal")
  from <- sprintf("glm, %s (%s)", if (wald) "confint.default" else "confint", deparse(form)); p <- one("p", summary(fit)$coefficients[2, 4])
  if (runif(1) < .25) {
    return(say("coefficient", from, list(estimate = one("x", coef(fit)[2]), interval = several("x", bounds), p = p), truth))
  }
  arguments <- list(estimate = one("r", exp(coef(fit)[2])), interval = several("r", exp(bounds)), p = p)
  adjusted <- length(coef(fit)) > 2
  more <- if (adjusted) list(n = one("n", n), adjusted = TRUE) else if (runif(1) < .5) list(n = one("n", n)) else list()
  say("odds_ratio", from, c(arguments, more), truth, log = TRUE)
}
linear <- function() {
  n <- size(8); k <- sample(min(4, n - 5), 1); x <- matrix(rnorm(n * k, 0, 5), n); y <- x %*% rnorm(k, 0, .4) + rnorm(n, 0, 3)
  fit <- lm(y ~ x); level <- pick(95, 95, 90, 99); b <- summary(fit)$coefficients[2, ]; bounds <- confint(fit, level = level / 100)[2, ]
  arguments <- list(estimate = one("x", b[1]), interval = several("x", bounds), p = one("p", b[4]))
  more <- pick(list(), list(df = one("df", fit$df.residual)), list(n = one("n", n)), list(se = one("x", b[2])),
               list(statistic = one("s", b[3])))
  say("coefficient", "lm", c(arguments, more), list(law = "t", level = as.character(level), interval = "wald", test = "wald"))
  f <- summary(fit)$fstatistic
  say("r_squared", "summary(lm)", list(r2 = one("c", summary(fit)$r.squared), statistic = one("s", f[1]),
      df = several("df", f[2:3]), n = one("n", n), predictors = one("n", k), adjusted = one("c", summary(fit)$adj.r.squared)), judged = "r2")
}
correlated <- function() {
  n <- size(); x <- rnorm(n); y <- rnorm(n) + rnorm(1) * x; level <- pick(95, 95, 90, 99); way <- pick("pearson", "spearman")
  run <- cor.test(x, y, method = way, conf.level = level / 100)
  arguments <- list(r = one("c", run$estimate), n = one("n", n), p = one("p", run$p.value))
  if (way == "pearson") arguments$interval <- several("c", run$conf.int)
  say("correlation", paste("cor.test", way), arguments, list(level = as.character(level), correlation = way))
}
proportion <- function() {
  n <- size(); count <- rbinom(1, n, runif(1)); level <- pick(95, 95, 90, 99); way <- pick("wilson", "exact")
  run <- if (way == "wilson") suppressWarnings(prop.test(count, n, conf.level = level / 100)) else
    binom.test(count, n, conf.level = level / 100)
  say("proportion_interval", if (way == "wilson") "prop.test" else "binom.test",
      list(percent = one("%", 100 * count / n), interval = several("%", 100 * run$conf.int), n = one("n", n)),
      list(level = as.character(level), interval = way))
}
quartered <- function() {
  values <- answers(size(), 0); way <- sample(c(0, 1, 2, 3, 5, 6, 7, 7, 7), 1)
  cuts <- if (way) quantile(values, c(.25, .5, .75), type = way) else fivenum(values)[2:4]
  whole <- all(values == round(values))
  say("quartiles", sprintf("quantile, type %d", way), list(median = one("x", cuts[2]), q1 = one("x", cuts[1]), q3 = one("x", cuts[3]),
      n = one("n", length(values)), low = one("x", min(values)), high = one("x", max(values)), whole = whole), judged = "median")
}

for (draw in seq_len(draws)) {
  two_groups(); several_groups(); pairs(); counted(); fisher(); logistic(); linear(); correlated(); proportion(); quartered()
  if (draw %% 4 == 0) fisher_wide()
}
