use inkan_client::protocol::{Language, Secret};
use inkan_client::{Credentials, Error, Inkan};
use inkan_journeys::{Authority, Bank};

use crate::mutating_proxy::MutatingProxy;
use crate::{panics, pc};

/// The number of changed answers to adding a bank: its profile, and its CAs.
const PROFILES: usize = 600;
/// The number of changed problem documents.
const PROBLEMS: usize = 350;
/// The number of changed answers inside a session.
const SESSIONS: usize = 150;

#[test]
fn eleven_hundred_mutated_documents_of_a_bank_are_read() {
    panics::watch();
    let (inkan, _home) = pc::client();
    let bank = Bank::start();
    let authority = Authority::new("Proxy CA");
    let proxy = MutatingProxy::before(&bank, &authority.server(), 56);
    let ca = [authority.certificate(), &bank.ca()].map(|file| std::fs::read_to_string(file).unwrap()).concat();
    let address = proxy.address();

    let mut added = 0;
    for number in 0..PROFILES {
        proxy.change_after(number % 2);
        added += usize::from(tell(inkan.add_bank(&address, Some(&ca), None)).is_some());
        tell(inkan.certificates(None));
    }
    assert!(added > PROFILES / 20, "only {added} changed profiles were taken: they do not reach far");
    proxy.change_nothing();
    let name = inkan.add_bank(&address, Some(&ca), None).unwrap().name;

    for number in 0..PROBLEMS {
        // The IDs do not exist, and no ID is tried so often that it locks.
        let credentials = Credentials::Id { contract: None, user: format!("nobody{number}") };
        proxy.change_after(0);
        assert!(tell(inkan.log_in(&name, None, &credentials, &Secret::from("wrong1".to_owned()))).is_none());
    }
    proxy.change_nothing();

    let answers = bank.answers("hanakodt");
    let password = Secret::from(answers["login_password"].as_str().unwrap().to_owned());
    for number in 0..SESSIONS {
        proxy.change_after(number % 4);
        session(&inkan, &name, &password);
        proxy.change_nothing();
    }
    panics::assert_none();
}

/// Reads the pages of a session, and ends the session.
fn session(inkan: &Inkan, bank: &str, password: &Secret) {
    let credentials = Credentials::Id { contract: None, user: "hanakodt".to_owned() };
    let Some(session) = tell(inkan.log_in(bank, None, &credentials, password)) else { return };
    tell(session.top());
    tell(session.users());
    tell(session.tokens());
    tell(inkan.managed_users(&session));
    tell(session.log_out());
}

/// Returns the result of a journey. If the journey failed, makes the texts of its problem, as for a user.
fn tell<T>(outcome: Result<T, Error>) -> Option<T> {
    match outcome {
        Ok(value) => Some(value),
        Err(error) => {
            let problem = error.into_problem();
            for language in [Language::Ja, Language::En] {
                assert!(!problem.document(language).title.is_empty());
            }
            None
        }
    }
}
