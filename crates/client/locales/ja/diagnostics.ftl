# 問い合わせ用の記録

report-app = 【このアプリ】
report-version = Inkan { $version }（{ $system }）
report-at = 作成日時 { $at }
report-store = 電子証明書の保管場所 { $store }
report-store-closed = 開けません
report-settings = 【設定】
report-language = 言語 { $language }
report-proxy-system = プロキシ：システムの設定を使う
report-proxy-none = プロキシ：使わない
report-proxy-manual = プロキシ：{ $proxy }（通さない相手 { $exceptions }件）
report-banks = 【銀行】
report-certificates = 【電子証明書】
report-certificate = { $thumbprint }… { $until }まで、銀行 { $bank }、鍵 { $key }、{ $verdict }
report-unreadable = { $thumbprint } 読み取れません（{ $fault }）
report-no-bank = なし
report-no-key = なし
report-usable = 使えます
report-checks = 【点検】
report-problems = 【最近の問題】
report-reference = お問い合わせ番号 { $reference }
report-events = 【動作の記録】
report-nothing = ありません
panic = Inkanに不具合が起きました（{ $place }）。もう一度お試しください。続くときは、この行をヘルプデスクにお知らせください。
