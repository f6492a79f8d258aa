# What a check of this PC found, what that means, and what to do where there is something to do.

version = Inkan { $version }
    .detail = このパソコンで動いているバージョンです。

store-hardware = 電子証明書の保管場所を開けました
    .detail = { $store }に、電子証明書が{ $count }件あります。新しい鍵は、パソコンのセキュリティチップ（TPM）またはカードが守り、外へ出ません。

store-os = 電子証明書の保管場所を開けました
    .detail = { $store }に、電子証明書が{ $count }件あります。新しい鍵は、このパソコンのシステムが守ります。

store-file = 電子証明書の保管場所を開けました
    .detail = { $store }に、電子証明書が{ $count }件あります。新しい鍵は、このパソコンにファイルとして保存されます。

certificate-unreadable = 電子証明書「{ $name }」を読み取れません
    .detail = { $fault ->
        [date] 有効期間（{ $from } ～ { $until }）に、存在しない日時か、時差の分からない日時があります。
        [bytes-after] 電子証明書の後ろに余分なデータがあります。
       *[structure] 内容が電子証明書の規格（X.509）に合っていません。
    }ログインには使えません。IDの先頭は { $id } です。
    .next = 必要なときは、発行元に再発行を依頼してください。不要なときは、電子証明書の一覧から削除できます。

certificate-dates-contradict = 電子証明書「{ $name }」の日付が矛盾しています
    .detail = 有効期間の終わり（{ $until }）が、始まり（{ $from }）より前です。ログインには使えません。IDの先頭は { $id } です。
    .next = 必要なときは、発行元に再発行を依頼してください。このパソコンの時計とは関係ありません。

keys-open = 電子証明書の鍵は使えます
    .detail = { $count }件の鍵で、実際に署名できました。

keys-none = 銀行やサイトで使える電子証明書はありません
    .detail = 調べる鍵がありません。

key-lost = 「{ $name }」の鍵は、もう開けません
    .detail = ソフトウェアの鍵は、Windowsなどのアカウントと結びついています。別のアカウントでログインした、管理者がパスワードを初期化した、修復や復元をしたあとは、開けなくなります。TPMの鍵も、基板を交換すると同じです。
    .next = 元に戻せないときは、電子証明書の再発行が必要です。

key-lost-of-site = 「{ $name }」の鍵は、もう開けません
    .detail = ソフトウェアの鍵は、パソコンのアカウントと結びついています。別のアカウントでログインした、管理者がパスワードを初期化した、修復や復元をしたあとは、開けなくなります。
    .next = 元に戻せないときは、電子証明書の発行元に、再発行を依頼してください。

key-not-usable-now = 「{ $name }」の鍵で、いまは署名できませんでした
    .detail = 鍵の使用が許可されなかったか、保管場所がほかで使われています。鍵がなくなったわけではありません。
    .next = 保管場所を使っているほかのアプリを終了し、確認を求められたら許可して、もう一度点検してください。電子証明書は削除しないでください。

key-unsupported = 「{ $name }」の鍵では署名できません
    .detail = 鍵の種類は { $kind } です。このアプリで使えるのは { $supported } です。鍵がなくなったわけではなく、ほかのアプリでは使えることがあります。
    .next = 使える種類の鍵の電子証明書を、発行元に依頼してください。失効や削除の必要はありません。

key-not-tried = 「{ $name }」の鍵は試していません
    .detail = PINの入力か、カードの接続が必要です。
    .next = PINを用意し、カードをつないで、もう一度お試しください。

acquisition-waits = { $bank } の { $user } の電子証明書の取得が途中です
    .detail = 同じ鍵で続けられます。再発行は必要ありません。
    .next = 取得を続けてください。

renewal-waits = { $bank } の「{ $user }」の更新が途中です
    .detail = 同じ鍵で続けられます。古い電子証明書は、更新が終わるまで使えます。
    .next = 更新を続けてください。

proxy-none = プロキシの設定はありません
    .detail = 銀行へ直接接続します。

proxy-off = プロキシは使わない設定です
    .detail = システムの設定にかかわらず、銀行へ直接接続します。

proxy-by-hand = プロキシが手動で設定されています
    .detail = { $proxy } を通ります。

proxy-set = プロキシの設定があります
    .detail = { $variable } により { $proxy } を通ります。

proxy-unreadable = プロキシの設定が使えません
    .detail = { $variable } の値は、プロキシのアドレスとして使えません。
    .next = 管理者に正しいアドレスを確かめて、設定を直してください。

roots = 信頼する認証局を読み込みました
    .detail = このシステムが信頼する認証局は{ $count }件です（読み取れないもの{ $unreadable }件）。

roots-none = 信頼する認証局がありません
    .detail = 認証局の証明書を別に受け取った銀行のサーバーだけを確認できます。
    .next = システムの認証局の証明書（ca-certificatesなど）をインストールしてください。

bank-answers = { $bank } につながります
    .detail = { $address } と、電子証明書でのログイン先から、応答がありました。

site-answers = { $bank } につながります
    .detail = { $address } から応答がありました。

clock-right = 時計は合っています
    .detail = { $address } の時計との差は1分以内です。

clock-drifts = 時計がずれています
    .detail = このパソコンの時計は、{ $address } の時計より約{ $amount }{ $unit ->
        [seconds] 秒
        [minutes] 分
        [hours] 時間
       *[days] 日
    }{ $direction ->
        [ahead] 進んで
       *[behind] 遅れて
    }います。このパソコンは{ $here }、{ $address } は{ $there }です（いずれも日本時間）。ワンタイムパスワードや電子証明書の有効期限を、正しく確かめられないことがあります。
    .next = システムの設定で、時刻を自動で合わせてください。

clock-of-server = { $address } の時計が正しくありません
    .detail = { $address } は{ $there }（日本時間）と答えましたが、サーバー自身の電子証明書と合いません。このパソコンの時計が違うということではありません。
    .next = このパソコンの日付と時刻を、ほかの時計と見比べてください。そのうえで、銀行またはサイトの管理者にお知らせください。

clock-not-told = 時計は比べていません
    .detail = 登録したサーバーのうち、時刻を答えたものがありません。
    .next = パソコンの日付と時刻を、ほかの時計と見比べてください。

clock-not-compared = 時計は比べていません
    .detail = 時計を比べられる銀行やサイトが、まだ登録されていません。
    .next = 銀行を登録してから、もう一度お試しください。

bank-elsewhere = 銀行のログイン先が、別のサーバーに変わっています
    .detail = 「{ $bank }」は、電子証明書のログイン先を { $host } と公開しています。安全のため、これまでのログイン先のままにしています。
    .next = 銀行からの案内と合っていれば、この銀行の登録を削除して、もう一度登録してください。
