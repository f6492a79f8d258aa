restart-open = Restart Inkan
restart-title = Restart Inkan now?
restart-what = You are logged in. Restarting logs you out.
