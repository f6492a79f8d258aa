# Idle
idle-title = まもなくログアウトします
idle-lead = しばらく操作がないため、自動でログアウトします。
idle-seconds = あと{ $seconds }秒
idle-stay = 続ける
idle-leave = ログアウト
start-idled-out = しばらく操作がなかったため、ログアウトしました。

# Reminders
revocation-setting = 失効の確認
revocation-on = 電子証明書が失効していないかを、発行した認証局に確認する
revocation-what = 起動したときに、電子証明書に書かれた確認先に問い合わせます。確認先には、この電子証明書がこのパソコンにあることが伝わります。
reminders-setting = 有効期限のお知らせ
reminders-on = 電子証明書の有効期限が近づいたら知らせる
reminders-when = 30日前、10日前、3日前、前日に、このパソコンの通知でお知らせします。30日前からは、ログインのページにも出します。
reminder-note = { $name } の電子証明書は、{ $days ->
    [0] 今日
    [1] 明日
   *[other] あと{ $days }日
}で使えなくなります（{ $date }まで）。
reminder-open = 電子証明書を見る
reminder-more = ほかに{ $count }件の電子証明書が、まもなく使えなくなります。
reminder-more-open = 一覧を見る

# Links
link-title = リンク
link-add = リンクから開きました。銀行から案内されたWebアドレスと同じであることを確かめてから、登録してください。
