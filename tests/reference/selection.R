# Reference values of Wald tests, backward elimination and generalised variance inflation, from R packages survey and car.
# Run: Rscript tests/reference/selection.R [folder for the output, default: this script's]
# Reads survey_data.csv (made by survey_data.py); writes selection_wald.csv and selection_gvif.csv. R 4.2.2, survey 4.1.1,
# car 3.1.1 on 2026-11-22.
suppressPackageStartupMessages({library(survey); library(car)})
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
here <- dirname(normalizePath(script))
given <- commandArgs(trailingOnly = TRUE)
out <- if (length(given)) given[1] else here

data <- read.csv(file.path(here, "survey_data.csv"), na.strings = "", stringsAsFactors = FALSE)
data$sex <- factor(data$sex, levels = c("mujer", "hombre"))
data$zone <- factor(data$zone, levels = c("urbana", "dispersa", "rural"))
row <- seq_len(nrow(data)) - 1
data$third <- factor(row %% 3)                                      # says nothing
data$parity <- factor(row %% 2)                                     # says nothing
data$near <- data$age + (row %% 7) / 4                              # nearly the age again
full <- svydesign(ids = ~psu, strata = ~stratum, weights = ~weight, data = data, nest = TRUE)
design <- subset(full, !(stratum %in% c("e6", "e8")) & age >= 5 & !is.na(zone))
control <- glm.control(epsilon = 1e-14, maxit = 100)

fit <- function(terms) {
  formula <- reformulate(terms, "outcome")
  first <- svyglm(formula, design = design, family = quasibinomial(), control = control)
  start_at <<- coef(first)
  svyglm(formula, design = design, family = quasibinomial(), control = control, start = start_at)
}
tests <- function(model, terms, step) do.call(rbind, lapply(terms, function(term) {
  test <- regTermTest(model, reformulate(term), method = "Wald")
  data.frame(step = step, determinant = term, f = sprintf("%.16g", test$Ftest), df = test$df, ddf = test$ddf,
             p = sprintf("%.16g", test$p))
}))
left <- c("sex", "zone", "age", "income", "third", "parity", "near")
table <- NULL
step <- 0
repeat {
  now <- tests(fit(left), left, step)
  table <- rbind(table, now)
  p <- as.numeric(now$p)
  if (max(p) <= 0.05) break
  left <- setdiff(left, now$determinant[which.max(p)])
  step <- step + 1
}
write.csv(table, file.path(out, "selection_wald.csv"), row.names = FALSE, quote = FALSE)

used <- design$variables
used$w <- weights(design)
v <- vif(lm(outcome ~ sex + zone + age + income + third + parity + near, data = used, weights = w))
write.csv(data.frame(determinant = rownames(v), gvif = sprintf("%.16g", v[, "GVIF"]), df = v[, "Df"]),
          file.path(out, "selection_gvif.csv"), row.names = FALSE, quote = FALSE)
