use std::sync::Arc;

use inkan_client::protocol::Language;
use inkan_client::{Inkan, ProxyLogin, ProxyLoginSource, ProxyQuestion};

use crate::answers::Answers;
use crate::streams;
use crate::terminal;
use crate::words::Words;

/// Returns the client with a source for proxy logins. The source takes the login from the answers, or else asks the
/// user at the terminal.
pub(crate) fn told(inkan: Inkan, answers: &Answers, words: &Words) -> Inkan {
    if let Some(login) = answers.proxy_login() {
        inkan.know_proxy_login(login);
    }
    match answers.can_ask() {
        true => inkan.with_proxy_login_source(Arc::new(Terminal { language: words.language() })),
        false => inkan,
    }
}

#[derive(Debug)]
struct Terminal {
    language: Language,
}

impl ProxyLoginSource for Terminal {
    fn login(&self, question: &ProxyQuestion) -> Option<ProxyLogin> {
        let words = Words::of(self.language);
        let proxy = [("proxy", question.proxy.as_str())];
        if question.refused {
            streams::tell(&words.with("proxy-login-refused", &proxy));
        }
        let known = question.user.as_ref().map(|user| format!(" [{user}]")).unwrap_or_default();
        let typed =
            Answers::default().line(&format!("{}{known}", words.with("ask-proxy-user", &proxy)), "proxy_user").ok()?;
        let user = if typed.is_empty() { question.user.clone()? } else { typed };
        let password = terminal::ask_hidden(&words.with("ask-proxy-password", &proxy)).ok()?;
        // An empty password means that the user has given up.
        (!password.is_empty()).then(|| ProxyLogin { user, password })
    }
}
