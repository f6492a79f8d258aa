# 証明書の保管場所のPIN

pin-title = PINを入力してください
pin-what = 電子証明書の鍵を使うために、保管場所のPINが必要です。
pin-each-use = この鍵は、使うたびにPINを確かめます。
pin-label = PIN
pin-token = 保管場所 { $token }
pin-wrong = PINが違います
pin-fewer = 続けて間違えると、この保管場所はロックされます。
pin-last = あと1回間違えると、この保管場所はロックされます。
pin-submit = 続ける
