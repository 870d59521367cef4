"""The method report: one content, built from results, and two renderers (tagged PDF, self-contained HTML).

In: results of any route and a translator. Out: bytes.
"""

REPORT_PDF, REPORT_HTML = "report.pdf", "report.html"
REPORTS = (REPORT_PDF, REPORT_HTML)
