# The support report

report-app = [This app]
report-version = Inkan { $version } ({ $system })
report-at = Made { $at }
report-store = Certificate store { $store }
report-store-closed = cannot be opened
report-settings = [Settings]
report-language = Language { $language }
report-proxy-system = Proxy: system settings
report-proxy-none = Proxy: none
report-proxy-manual = Proxy: { $proxy } (exceptions: { $exceptions })
report-banks = [Banks]
report-certificates = [Certificates]
report-certificate = { $thumbprint }… until { $until }, bank { $bank }, key { $key }, { $verdict }
report-unreadable = { $thumbprint } cannot be read ({ $fault })
report-no-bank = none
report-no-key = none
report-usable = ready
report-checks = [Checks]
report-problems = [Recent problems]
report-reference = reference number { $reference }
report-events = [Events]
report-nothing = none
panic = Inkan has a fault ({ $place }). Try again; if it comes back, tell the help desk this line.
