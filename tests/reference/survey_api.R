# Reference values on R's own public data (package survey: api, nhanes): coefficients and errors for each kind of design.
# Run: Rscript tests/reference/survey_api.R [folder for the output, default: this script's] [folder for the data]
# Writes survey_api.csv; and, where a second folder is named, the rows behind each case as CASE.csv with CASE.json
# (replicate type, scale, rscales). Those rows are R's and are not kept here. Made with the versions in survey_versions.csv.
suppressPackageStartupMessages(library(survey))
script <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE))
given <- commandArgs(trailingOnly = TRUE)
out <- if (length(given)) given[1] else dirname(normalizePath(script))
data(api)
data(nhanes)

control <- glm.control(epsilon = 1e-14, maxit = 100)
fit <- function(design, formula) {
  first <- svyglm(formula, design = design, family = quasibinomial(), control = control)
  start_at <<- coef(first)
  svyglm(formula, design = design, family = quasibinomial(), control = control, start = start_at)
}

schools <- function(d) {
  d$outcome <- as.numeric(d$awards == "Yes")
  d$meals_share <- d$meals
  d$stype <- factor(d$stype, levels = c("E", "M", "H"))
  d
}
strat <- schools(apistrat); clus1 <- schools(apiclus1); clus2 <- schools(apiclus2); srs <- schools(apisrs)
people <- nhanes
people$outcome <- people$HI_CHOL
people$race <- factor(people$race)
people$sex <- factor(people$RIAGENDR)

by_school <- outcome ~ stype + meals + ell
by_person <- outcome ~ race + agecat + sex
d_strat <- svydesign(id = ~1, strata = ~stype, weights = ~pw, data = strat, fpc = ~fpc)
d_clus1 <- svydesign(id = ~dnum, weights = ~pw, data = clus1, fpc = ~fpc)
d_clus2 <- svydesign(id = ~dnum + snum, fpc = ~fpc1 + fpc2, data = clus2)
clus2$pw <- weights(d_clus2)
d_srs <- svydesign(id = ~1, weights = ~pw, data = srs, fpc = ~fpc)
d_nhanes <- svydesign(id = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = people)

# Half samples need two PSUs in every stratum.
psus <- tapply(people$SDMVPSU, people$SDMVSTRA, function(u) length(unique(u)))
pairs <- people[as.character(people$SDMVSTRA) %in% names(psus)[psus == 2], ]
d_pairs <- svydesign(id = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = pairs)
set.seed(20261122)
made <- list(
  clus1_jk1 = as.svrepdesign(d_clus1, type = "JK1", compress = FALSE),
  nhanes_jkn = as.svrepdesign(d_nhanes, type = "JKn", compress = FALSE),
  nhanes_brr = as.svrepdesign(d_pairs, type = "BRR", compress = FALSE),
  nhanes_fay = as.svrepdesign(d_pairs, type = "Fay", fay.rho = 0.3, compress = FALSE),
  nhanes_bootstrap = as.svrepdesign(d_nhanes, type = "bootstrap", replicates = 60, compress = FALSE)
)

school <- function(d, stratum, psu, fpc, ssu = NULL, fpc2 = NULL, inside = TRUE) {
  f <- data.frame(outcome = d$outcome, weight = d$pw, stratum = stratum, psu = psu, fpc = as.numeric(fpc))
  if (!is.null(ssu)) f <- cbind(f, ssu = ssu, fpc2 = as.numeric(fpc2))
  cbind(f, in_domain = as.integer(inside), stype = d$stype, meals = d$meals, ell = d$ell)
}
person <- function(d, inside = TRUE) {
  data.frame(outcome = d$outcome, weight = d$WTMEC2YR, stratum = d$SDMVSTRA, psu = d$SDMVPSU,
             in_domain = as.integer(inside), race = d$race, agecat = d$agecat, sex = d$sex)
}
single <- function(d) seq_len(nrow(d))
cases <- list(
  strat = list(fit(d_strat, by_school), school(strat, strat$stype, single(strat), strat$fpc)),
  clus1 = list(fit(d_clus1, by_school), school(clus1, "", clus1$dnum, clus1$fpc)),
  clus2 = list(fit(d_clus2, by_school), school(clus2, "", clus2$dnum, clus2$fpc1, clus2$snum, clus2$fpc2)),
  srs = list(fit(d_srs, by_school), school(srs, "", single(srs), srs$fpc)),
  strat_domain = list(fit(subset(d_strat, yr.rnd == "No"), by_school),
                      school(strat, strat$stype, single(strat), strat$fpc, inside = strat$yr.rnd == "No")),
  clus1_domain = list(fit(subset(d_clus1, api99 < 700), by_school),
                      school(clus1, "", clus1$dnum, clus1$fpc, inside = clus1$api99 < 700)),
  clus2_domain = list(fit(subset(d_clus2, api99 < 750), by_school),
                      school(clus2, "", clus2$dnum, clus2$fpc1, clus2$snum, clus2$fpc2, clus2$api99 < 750)),
  nhanes = list(fit(d_nhanes, by_person), person(people)),
  nhanes_domain = list(fit(subset(d_nhanes, RIAGENDR == 2), outcome ~ race + agecat),
                       person(people, people$RIAGENDR == 2)),
  clus1_jk1 = list(fit(made$clus1_jk1, by_school), school(clus1, "", clus1$dnum, clus1$fpc)),
  nhanes_jkn = list(fit(made$nhanes_jkn, by_person), person(people)),
  nhanes_brr = list(fit(made$nhanes_brr, by_person), person(pairs)),
  nhanes_fay = list(fit(made$nhanes_fay, by_person), person(pairs)),
  nhanes_bootstrap = list(fit(made$nhanes_bootstrap, by_person), person(people))
)

rows <- function(case, one) {
  model <- one[[1]]
  data.frame(case = case, term = names(coef(model)), coef = sprintf("%.16g", coef(model)),
             se = sprintf("%.16g", sqrt(diag(vcov(model)))), df = model$df.residual,
             n = sum(!is.na(model$y)))
}
write.csv(do.call(rbind, Map(rows, names(cases), cases)), file.path(out, "survey_api.csv"), row.names = FALSE)

if (length(given) > 1) {
  for (case in names(cases)) {
    table <- cases[[case]][[2]]
    if (case %in% names(made)) {
      design <- made[[case]]
      weight <- unclass(as.matrix(weights(design, "analysis")))
      colnames(weight) <- paste0("replicate:", seq_len(ncol(weight)))
      table <- cbind(table[setdiff(names(table), "fpc")], weight)
      told <- sprintf('{"type": "%s", "rho": %s, "scale": %.17g, "rscales": [%s]}', design$type,
                      if (is.null(design$rho)) "null" else design$rho, design$scale,
                      paste(sprintf("%.17g", design$rscales), collapse = ", "))
      writeLines(told, file.path(given[2], paste0(case, ".json")))
    }
    for (name in names(table)) if (is.double(table[[name]])) {
      table[[name]] <- ifelse(is.na(table[[name]]), "", sprintf("%.17g", table[[name]]))
    }
    write.csv(table, file.path(given[2], paste0(case, ".csv")), row.names = FALSE, na = "")
  }
}
