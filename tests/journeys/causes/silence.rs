//! A silent server ends every command within twenty seconds, also if it drips bytes, and through a proxy.

use std::thread;
use std::time::{Duration, Instant};

use inkan_journeys::{Behaviour, HttpProxy, Pc, RawServer, Relay};

use crate::{Scene, whole};

/// The longest time that a user waits, as the client promises.
const PROMISED: Duration = Duration::from_secs(20);

#[test]
fn silence_ends_in_every_command() {
    let scene = Scene::new();
    let own = scene.servers.server();
    let servers = [
        RawServer::plain(Behaviour::Silent),
        RawServer::over_tls(&own, Behaviour::Silent),
        RawServer::over_tls(&own, Behaviour::Dripping),
    ];
    let ca = scene.bank.ca().display().to_string();
    // All commands run at once: each of them waits equally long.
    thread::scope(|scope| {
        for server in &servers {
            let address = server.address();
            let ca = &ca;
            let ask = move |site: bool| {
                let pc = Pc::new();
                let mut add = vec!["bank", "add", &address, "--ca", ca];
                add.extend(site.then_some("--site"));
                ended(|| pc.inkan(&add, None).problem()["code"].as_str().unwrap().to_owned())
            };
            let probe_address = server.address();
            scope.spawn(move || assert_eq!(ask(false), "server_silent"));
            scope.spawn(move || {
                let probe = ["probe", &probe_address, "--ca", ca];
                let report = |pc: &Pc| pc.inkan(&probe, None).report()["findings"][0]["code"].take();
                assert_eq!(ended(|| report(&Pc::new())), "server_silent");
            });
        }
    });
    for server in &servers {
        scene.way.turn_to(&server.address());
        let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
        let refused = ended(|| scene.pc.inkan(&login, Some(scene.bank.answers("hanakodt"))).problem());
        assert_eq!(refused["code"], "server_silent", "{refused}");
        whole(&refused);
        let unfit = ended(|| scene.pc.inkan(&["doctor", "--bank", "okmate"], None).value);
        assert!(unfit.to_string().contains("server_silent"), "{unfit}");
    }
}

#[test]
fn silence_beyond_a_proxy_and_of_a_proxy_ends() {
    let scene = Scene::new();
    let silent = RawServer::over_tls(&scene.servers.server(), Behaviour::Silent);
    let proxy = HttpProxy::for_everybody();
    let mute = RawServer::plain(Behaviour::Silent);
    let ca = scene.bank.ca().display().to_string();
    let cases = [(proxy.address(), "server_silent"), (socket(&mute.address()), "proxy_unreachable")];
    for (proxy, code) in cases {
        let pc = Pc::new();
        pc.inkan(&["settings", "proxy", "--manual", &proxy, "--except", ""], None).done();
        let add = ["bank", "add", &silent.address(), "--ca", &ca];
        let refused = ended(|| pc.inkan(&add, None).problem());
        assert_eq!(refused["code"], code, "{refused}");
        let probe = ["probe", &silent.address(), "--ca", &ca];
        let report = ended(|| pc.inkan(&probe, None).report());
        assert_eq!(report["findings"][0]["code"], code, "{report}");
    }
}

/// A silent server does not disturb a bank that is asked at the same time.
#[test]
fn a_silent_server_says_nothing_of_another_in_the_check_up() {
    let scene = Scene::new();
    let silent = RawServer::over_tls(&scene.servers.server(), Behaviour::Silent);
    let ca = scene.bank.ca().display().to_string();
    let site = RawServer::over_tls(&scene.servers.server(), Behaviour::status(200));
    let way = Relay::to(&site.address());
    scene.pc.inkan(&["bank", "add", &way.address(), "--ca", &ca, "--site"], None).done();
    way.turn_to(&silent.address());
    scene.way.turn_to(&silent.address());
    let report = ended(|| scene.pc.inkan(&["doctor"], None).value);
    assert_eq!(report.to_string().matches("server_silent").count(), 2, "{report}");
}

fn ended<T>(command: impl FnOnce() -> T) -> T {
    let began = Instant::now();
    let value = command();
    assert!(began.elapsed() < PROMISED, "{:?}", began.elapsed());
    value
}

fn socket(address: &str) -> String {
    address.trim_start_matches("https://").trim_end_matches('/').to_owned()
}
