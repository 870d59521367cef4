# Reference values of design-based logistic regression, from R package survey.
# Run: Rscript tests/reference/survey_logit.R [folder for the output, default: this script's]
# Reads survey_data.csv (made by survey_data.py); writes survey_logit.csv, survey_covariance.csv, survey_fit_test.csv
# and survey_versions.csv.
suppressPackageStartupMessages(library(survey))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
here <- dirname(normalizePath(script))
given <- commandArgs(trailingOnly = TRUE)
out <- if (length(given)) given[1] else here

data <- read.csv(file.path(here, "survey_data.csv"), na.strings = "", stringsAsFactors = FALSE)
data$sex <- factor(data$sex, levels = c("mujer", "hombre"))
data$zone <- factor(data$zone, levels = c("urbana", "dispersa", "rural"))
full <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
weights_only <- svydesign(ids = ~1, weights = ~weight, data = data)
clusters <- svydesign(ids = ~interaction(stratum, psu), weights = ~weight, data = data)
several <- subset(full, !(stratum %in% c("e6", "e8")))
control <- glm.control(epsilon = 1e-14, maxit = 100)
formula <- outcome ~ sex + zone + age + income

fit <- function(design, rule) {
  options(survey.lonely.psu = rule)
  first <- svyglm(formula, design = design, family = quasibinomial(), control = control)
  # Started again at its solution: the working weights, and so the errors, are then those of the last coefficients.
  start_at <<- coef(first)
  svyglm(formula, design = design, family = quasibinomial(), control = control, start = start_at)
}
rows <- function(case, model) {
  data.frame(case = case, term = names(coef(model)), coef = sprintf("%.16g", coef(model)),
             se = sprintf("%.16g", sqrt(diag(vcov(model)))), df = model$df.residual,
             n = length(model$y))
}
children <- function(design) subset(design, age >= 5)
models <- list(
  strata_psu = fit(several, "fail"),
  domain = fit(children(several), "fail"),
  weights_only = fit(weights_only, "fail"),
  psu_only = fit(clusters, "fail"),
  domain_adjust = fit(children(full), "adjust"),
  domain_average = fit(children(full), "average"),
  domain_certainty = fit(children(full), "certainty"),
  domain_remove = fit(children(full), "remove")
)
table <- do.call(rbind, Map(rows, names(models), models))
write.csv(table, file.path(out, "survey_logit.csv"), row.names = FALSE, quote = FALSE)

v <- vcov(models$domain_adjust)
v[] <- sprintf("%.16g", v)
write.csv(v, file.path(out, "survey_covariance.csv"), quote = FALSE)

# Archer and Lemeshow's test by its formula, mean residuals and their covariance from svyby(svymean).
options(survey.lonely.psu = "fail")
design <- children(several)
design <- subset(design, !is.na(zone))
model <- models$domain
p <- as.numeric(predict(model, newdata = model.frame(design), type = "response"))
residual <- model.frame(design)$outcome - p
w <- weights(design)
rank <- order(p)
middle <- numeric(length(p))
middle[rank] <- (cumsum(w[rank]) - w[rank] / 2) / sum(w)
design <- update(design, residual = residual, tenth = pmin(floor(middle * 10), 9))
means <- svyby(~residual, ~tenth, design, svymean, covmat = TRUE)
m <- coef(means)
statistic <- as.numeric(t(m) %*% solve(vcov(means)) %*% m)
f <- degf(design)
g <- length(m)
test <- data.frame(wald = sprintf("%.16g", statistic), f = sprintf("%.16g", (f - g + 2) / (f * g) * statistic),
                   df1 = g - 1, df2 = f - g + 2,
                   p = sprintf("%.16g", pf((f - g + 2) / (f * g) * statistic, g - 1, f - g + 2, lower.tail = FALSE)))
write.csv(test, file.path(out, "survey_fit_test.csv"), row.names = FALSE, quote = FALSE)

versions <- data.frame(what = c("R", "survey", "date"),
                       version = c(paste(R.version$major, R.version$minor, sep = "."),
                                   as.character(packageVersion("survey")), "2026-11-22"))
write.csv(versions, file.path(out, "survey_versions.csv"), row.names = FALSE, quote = FALSE)
