# パソコンの変更

nav-move = パソコンの変更

move-title = 新しいパソコンに移る
move-early = パソコンを替える前に、手続きが必要です。電子証明書は、取得したパソコンでだけ使えます。
move-remember = この電子証明書は、このパソコンでだけ使えます。パソコンを替えるときは、先に「パソコンの変更」をご覧ください。
move-ask-lead = いくつかの質問にお答えください。だれが何をするか、手順をご案内します
move-ask-this-pc = いまお使いのパソコンはどちらですか
move-new-pc = 新しいパソコン
move-old-pc = 古いパソコン
move-ask-method = どの方式でログインしていますか
move-method-certificate = 電子証明書方式
move-method-certificate-what = 電子証明書および{ $password }によりログインする方法です。
move-method-id-password = ID・パスワード方式
move-method-id-password-what = { $id }および{ $password }によりログインする方法です。
move-ask-role = 利用者区分はどれですか
move-role-where = 利用者区分は、ログイン後の画面の右上、利用者名の前の表示（{ $badges }）で確認できます。
move-ask-old-works = 古いパソコンから、まだログインできますか
move-ask-other = 社内に、ほかの{ $roles }はいますか
move-yes = はい
move-no = いいえ
move-begin = 手順を見る
move-no-bank = 先に、銀行を登録してください。
move-no-bank-add = 銀行を登録する
move-choose-bank = 銀行を選ぶ

move-lead = { $user }・{ $role }。手順は全部で{ $count }項目です
move-lead-nobody = { $role }。手順は全部で{ $count }項目です
move-alone = 失効すると、手続きできる方が社内にいなくなります。新しいパソコンの準備を、先に確かめてください。
move-step-done = 済み
move-step-next = 次の手順
move-step-ahead = これから
move-step-unknown = 未確認
move-unknown = 済んでいるかどうか、このパソコンでは分かりません。
move-other-certificate = いまこのパソコンで使える電子証明書は、この手順で取得したものではありません。ここが古いパソコンのときは、「答え直す」を押して「古いパソコン」を選んでください。
move-who-this = このパソコン
move-who-old = 古いパソコン
move-who-new = 新しいパソコン
move-who-other = 依頼された方
move-who-you = ご自身
badge-separator = ・
move-or = または
move-another = 他の{ $role }

move-check-here = このパソコンが使えるかを確かめます
move-check-here-done = このパソコンは使えます
move-check-here-detail = 時計、保管場所、{ $bank }への接続を確かめます。
move-check-there = 新しいパソコンが使えるかを確かめます
move-check-there-done = 新しいパソコンは使えます
move-check-there-detail = 新しいパソコンで「パソコンの変更」を開いて確かめてください。
move-environment = 新しいパソコンのOS・ブラウザーが「{ $bank }」の推奨環境であることをご確認ください。
move-environment-open = 推奨環境はこちら
move-revoke-own = 古いパソコンで、ご自身の電子証明書を失効します
move-revoke-own-detail = ご自身の{ $confirmation }が必要です。失効した電子証明書では、もうログインできません。
move-revoke-other = ご自身の電子証明書を失効してもらいます
move-revoke-other-detail = { $may ->
        [no] { $role }は電子証明書の失効操作は行えません。
       *[yes] { "" }
    }{ $who }に依頼してください。{ $one ->
        [yes] { $who }
       *[no] 依頼された方
    }の{ $confirmation }が必要です。
move-revoke-done = 古い電子証明書を失効しました
move-reissue = 電子証明書を再発行してもらいます
move-reissue-detail = { $may ->
        [no] { $role }は電子証明書の再発行操作は行えません。
       *[yes] { "" }
    }{ $who }に依頼してください。{ $one ->
        [yes] { $who }
       *[no] 依頼された方
    }の{ $confirmation }が必要です。いまの電子証明書は同時に失効します。
move-reissue-done = 電子証明書が再発行されました
move-helper = 依頼された方は、{ $bank }にログインし、利用者の一覧から{ $named ->
        [yes] 「{ $user }」
       *[no] ご本人
    }を開いて、電子証明書を{ $act ->
        [reissue] 再発行
       *[revoke] 失効
    }します。
move-helper-request = { $bank }の電子証明書の{ $act ->
        [reissue] 再発行
       *[revoke] 失効
    }をお願いします。{ $bank }にログインし、利用者の一覧から{ $named ->
        [yes] 「{ $user }」
       *[no] 私の利用者名
    }を開いて、電子証明書を{ $act ->
        [reissue] 再発行
       *[revoke] 失効
    }してください。{ $confirmation }が必要です。
move-helper-copy = 依頼の文をコピー
move-form = 書面を{ $branch }に提出します
move-form-detail = 印刷して記入し、お届け印を押してお持ちください。
move-form-done = 書面を提出しました
move-telephone = { $branch }に電話で依頼します
move-telephone-detail = { $telephone }（{ $hours }）
move-telephone-done = 電話で依頼しました
move-revoke-report = { $branch }が電子証明書を失効します
move-revoke-report-done = { $branch }が電子証明書を失効しました
move-reissue-report = { $branch }が電子証明書を再発行します
move-reissue-report-done = { $branch }が電子証明書を再発行しました
move-report-detail = 完了の連絡をお待ちください。
move-acquire-here = このパソコンで電子証明書を取得します
move-acquire-here-detail = 用意するもの：{ $needs }。途中で閉じても、続きから始められます。
move-acquire-there = 新しいパソコンで電子証明書を取得します
move-acquire-there-detail = 新しいパソコンの「パソコンの変更」から取得できます。
move-acquire-found = 使える電子証明書が、このパソコンにあります
move-acquire-done = 新しい電子証明書を取得しました
move-log-in-here = このパソコンでログインします
move-log-in-here-detail = これで{ $bank }を使えます。
move-log-in-there = 新しいパソコンでログインします
move-log-in-there-detail = ログインできたら、古いパソコンの電子証明書は不要になります。
move-log-in-found = このパソコンでログインしました
move-log-in-done = 新しいパソコンでログインしました
move-delete-here = 残っている古い電子証明書を削除します
move-delete-here-detail = 電子証明書と鍵の両方を削除し、残っていないことを確かめます。
move-delete-there = 古いパソコンの電子証明書を削除します
move-delete-there-detail = 古いパソコンで「パソコンの変更」または「電子証明書」を開いて削除してください。
move-delete-done = 古い電子証明書を削除しました
move-old-pc-at-hand = 古いパソコンが手もとに残る場合は、新しいパソコンでログインできたあと、古いパソコンから古い電子証明書を削除してください。古いパソコンの「電子証明書」で削除できます。

move-act-check = 確かめる
move-act-checking = 確かめています
move-act-log-in-to-revoke = ログインして失効へ進む
move-act-revoke = 失効する
move-act-form = 書面を作る
move-act-acquire = 電子証明書を取得する
move-act-log-in = ログインする
move-act-delete = 削除へ進む
move-revoke-hint = ログインのあと、「パソコンの変更」に戻ってください。
move-unfit = このままでは使えません
move-unfit-more = 詳しく調べる
move-said = 済みました
move-said-checked = 確かめました
move-said-revoked = 失効しました
move-said-revoked-for-me = 失効してもらいました
move-said-reissued = 再発行してもらいました
move-said-handed-in = 提出しました
move-said-called = 電話しました
move-said-reported = 完了の連絡がありました
move-said-acquired = 取得しました
move-said-logged-in = ログインしました
move-said-deleted = 削除しました
move-unsay = 取り消す
move-unsay-this = 「{ $step }」を取り消す
move-again = 答え直す
move-finish = 手順を閉じる
move-finished = すべて済みました。新しいパソコンで{ $bank }を使えます。
move-finished-open = このパソコンで{ $bank }を使えます。「?」の手順だけは、済んでいるかどうか分かりません。

move-revoke-title = ご自身の電子証明書を失効しますか
move-revoke-what = 失効すると、この電子証明書ではログインできなくなり、いまのログインも終わります。元には戻せません。
move-revoke-confirmation = ご自身（{ $user }）の{ $password }
move-revoke-knowing = 承知のうえで失効する
move-revoked = 電子証明書を失効しました。続きは、新しいパソコンで行ってください。

paper-title = 提出する書面
paper-lead = 印刷し、空いている欄に記入して、お届け印を押してください
paper-empty = 空欄
paper-print = 印刷する
paper-save = ファイルに保存する
paper-open = ブラウザーで開く
paper-saved = 保存しました：{ $file }
paper-more = ログインしていると、ご契約先名、氏名、電子証明書のシリアル番号も入ります。
