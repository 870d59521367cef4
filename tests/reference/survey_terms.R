# Reference values of a survey model with interactions and a natural cubic spline, from R packages survey and splines.
# Run: Rscript tests/reference/survey_terms.R [folder for the output, default: this script's]
# Reads survey_data.csv; writes survey_terms.csv (coefficients by the truncated-power basis built here) and
# survey_terms_fitted.csv (risks and errors by splines::ns, another basis of the same curves). Versions: survey_versions.csv.
suppressPackageStartupMessages({library(survey); library(splines)})
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
here <- dirname(normalizePath(script))
given <- commandArgs(trailingOnly = TRUE)
out <- if (length(given)) given[1] else here

data <- read.csv(file.path(here, "survey_data.csv"), na.strings = "", stringsAsFactors = FALSE)
data$sex <- factor(data$sex, levels = c("mujer", "hombre"))
data$zone <- factor(data$zone, levels = c("urbana", "dispersa", "rural"))
knots <- c(5, 8, 11, 14, 17)
cube <- function(u) pmax(u, 0)^3
for (j in 1:3) {
  t <- knots[j]
  data[[paste0("s", j)]] <- (cube(data$age - t) - cube(data$age - 14) * (17 - t) / 3 + cube(data$age - 17) * (14 - t) / 3) / 144
}
options(survey.lonely.psu = "adjust")
full <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
children <- subset(full, age >= 5)
control <- glm.control(epsilon = 1e-14, maxit = 100)
fit <- function(formula) {
  first <- svyglm(formula, design = children, family = quasibinomial(), control = control)
  start_at <<- coef(first)
  svyglm(formula, design = children, family = quasibinomial(), control = control, start = start_at)
}
models <- list(
  categories = fit(outcome ~ sex + zone + age + income + sex:zone),
  numbers = fit(outcome ~ sex + zone + age + income + zone:age + age:income),
  spline = fit(outcome ~ sex + zone + age + s1 + s2 + s3 + income),
  both = fit(outcome ~ sex + zone + age + s1 + s2 + s3 + income + sex:(age + s1 + s2 + s3) + sex:zone)
)
rows <- function(case, model) {
  data.frame(case = case, term = names(coef(model)), coef = sprintf("%.16g", coef(model)),
             se = sprintf("%.16g", sqrt(diag(vcov(model)))), df = model$df.residual, n = length(model$y))
}
write.csv(do.call(rbind, Map(rows, names(models), models)), file.path(out, "survey_terms.csv"), row.names = FALSE,
          quote = FALSE)

by_ns <- list(
  spline = fit(outcome ~ sex + zone + ns(age, knots = c(8, 11, 14), Boundary.knots = c(5, 17)) + income),
  both = fit(outcome ~ sex * ns(age, knots = c(8, 11, 14), Boundary.knots = c(5, 17)) + sex * zone + income)
)
people <- expand.grid(sex = levels(data$sex), zone = levels(data$zone), age = c(3, 5, 6.5, 9, 13, 17, 19), income = 400000)
fitted <- function(case, model) {
  found <- predict(model, newdata = people, type = "response", se.fit = TRUE)
  data.frame(case = case, people, risk = sprintf("%.16g", as.numeric(found)), se = sprintf("%.16g", as.numeric(SE(found))))
}
write.csv(do.call(rbind, Map(fitted, names(by_ns), by_ns)), file.path(out, "survey_terms_fitted.csv"),
          row.names = FALSE, quote = FALSE)
