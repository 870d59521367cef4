# Small files of statistical programs that the Python packages of this project cannot write themselves.
# R 4.x, haven (SAS) and foreign (Stata 6). Rscript statistical_files.R FOLDER
folder <- commandArgs(trailingOnly = TRUE)[1]
areas <- data.frame(
  codigo = c("05001", "05002", "05003"), municipio = c("Nari\u00f1o", "Bogot\u00e1", "Ibagu\u00e9"), tasa = c(1.5, 2, NA)
)
suppressWarnings(haven::write_sas(areas, file.path(folder, "areas_sas.sas7bdat")))
haven::write_xpt(areas, file.path(folder, "areas_sas_v8.xpt"), version = 8)
plain <- transform(areas, municipio = iconv(municipio, to = "latin1"))
foreign::write.dta(plain, file.path(folder, "areas_stata_6.dta"), version = 6L, convert.factors = "string")
