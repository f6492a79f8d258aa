//! A peer that sends a byte now and then keeps no connection open for ever: the time limit is for the whole answer.

use std::sync::Arc;
use std::time::{Duration, Instant};

use inkan_protocol::{Clock, Code, Language, SystemClock};
use reqwest::Method;
use rustls::{ClientConfig, RootCertStore};
use url::Url;

use super::slow_peer::{Slow, SlowPeer};
use crate::net::exchange::{End, Exchange, Observer, Plan, Target};
use crate::net::http_client::Connection;
use crate::net::http_client::answer::{Unread, read_whole};
use crate::net::proxied_client::{Interruption, ProxiedClient};
use crate::net::proxy::{Network, ProxyFailure};
use crate::net::trust::{Trust, Trusting};
use crate::{Home, ManualProxy, Proxy, Settings};

/// The time limits of these tests.
const LIMIT: Duration = Duration::from_millis(300);

/// A client's data directory whose settings name the peer as the proxy, if the peer is a proxy.
struct Scene {
    peer: SlowPeer,
    address: Url,
    network: Network,
    _home: tempfile::TempDir,
}

impl Scene {
    fn with(slow: Slow) -> Self {
        let peer = SlowPeer::start(slow);
        let home = tempfile::tempdir().unwrap();
        let data = Home::at(home.path());
        let proxy = ManualProxy { host: "127.0.0.1".into(), port: peer.port, user: None, exceptions: String::new() };
        let proxy = if slow == Slow::Tunnel { Proxy::Manual(proxy) } else { Proxy::None };
        Settings::change(&data, |settings| settings.proxy = proxy).unwrap();
        let address = Url::parse(&format!("https://localhost:{}/", peer.port)).unwrap();
        Self { address, network: Network::of(&data), peer, _home: home }
    }

    fn trusted(&self) -> String {
        crate::ca_certificates("ca", &self.peer.certificate).unwrap()
    }

    fn connection(&self) -> Connection {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let pem = self.trusted();
        Connection::open(&self.address, &Trust::Only(&pem), None, &self.network, &clock, Language::En)
            .unwrap()
            .within(LIMIT)
    }
}

/// The thread that waits for an answer ends even if nobody waits for the thread, and closes the connection.
#[test]
fn a_request_ends_wherever_the_peer_is_slow() {
    for slow in [Slow::Tunnel, Slow::Handshake, Slow::Head, Slow::Body] {
        let scene = Scene::with(slow);
        let mut roots = RootCertStore::empty();
        roots.add(scene.peer.certificate.clone()).unwrap();
        let tls = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let client = ProxiedClient::within(LIMIT, &scene.address, tls, &scene.network).unwrap();
        let request = reqwest::blocking::Request::new(Method::GET, scene.address.clone());
        match (slow, client.send(request).map(read_whole)) {
            (Slow::Body, Ok(answer)) => assert!(matches!(answer.body, Err(Unread::TooSlow))),
            (_, Err(Interruption::Broken(error))) => assert!(slow != Slow::Body && error.is_timeout(), "{error}"),
            (_, Ok(answer)) => panic!("{slow:?}: {}", answer.status),
            (_, Err(Interruption::Known(other))) => panic!("{slow:?}: {other}"),
        }
        scene.peer.closed.recv().unwrap();
    }
}

#[test]
fn a_user_is_told_of_an_answer_that_does_not_end() {
    for (slow, expected) in [(Slow::Handshake, "no"), (Slow::Head, "no"), (Slow::Body, "yes")] {
        let scene = Scene::with(slow);
        let problem = scene.connection().get_bytes("/").unwrap_err().into_problem();
        assert_eq!((problem.code, problem.params["begun"].as_str()), (Code::ServerSilent, expected), "{slow:?}");
        let [ja, en] = [Language::Ja, Language::En].map(|language| problem.document(language).detail);
        assert_eq!(
            (ja.contains("終わりません"), en.contains("began")),
            (expected == "yes", expected == "yes"),
            "{ja} {en}"
        );
    }
}

#[test]
fn a_probe_ends_wherever_the_peer_is_slow() {
    for slow in [Slow::Tunnel, Slow::Handshake, Slow::Head, Slow::Body] {
        let scene = Scene::with(slow);
        let trusting = Arc::new(Trusting::new(&Trust::Only(&scene.trusted())).unwrap());
        let plan = Plan { versions: rustls::DEFAULT_VERSIONS, limit: LIMIT, ask: true };
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let target = Target::at(scene.address.clone()).unwrap();
        let observer = Arc::new(Observer::new(trusting, None));
        let end = Exchange::make(&target, &plan, &observer, &clock, &scene.network).end;
        let expected = match slow {
            Slow::Tunnel => matches!(end, End::NotReached(_)),
            Slow::Handshake => matches!(end, End::Silent),
            Slow::Head | Slow::Body => matches!(end, End::Slow),
        };
        assert!(expected, "{slow:?}: {end:?}");
        scene.peer.closed.recv().unwrap();
    }
}

#[test]
fn a_proxy_that_is_slow_does_not_hold_a_question_for_a_tunnel() {
    let scene = Scene::with(Slow::Tunnel);
    let endpoint = scene.network.endpoint(&scene.address).unwrap().unwrap();
    let refused = scene.network.try_through(&endpoint, None, &scene.address, Instant::now() + LIMIT);
    assert!(matches!(refused, Err(ProxyFailure::Unreachable(_))), "{refused:?}");
    scene.peer.closed.recv().unwrap();
}
