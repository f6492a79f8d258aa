//! A bank on SQLite whose disk is full: it refuses, says that it is not ready, and goes on by itself when there is room.

use std::thread;

use inkan_journeys::{Bank, FillingDisk, Pc, run};

/// More logins at once than the bank has connections to its database.
const LOGINS: usize = 12;

/// The codes of as many logins at once; nothing for a login that is done.
fn logins(bank: &Bank, pc: &Pc) -> Vec<String> {
    let login = || {
        let login = ["login", "--bank", "okmate", "--user", "hanakodt"];
        let answer = pc.inkan(&login, Some(bank.answers("hanakodt")));
        assert!(matches!(answer.code, 0 | 1), "{}", answer.value);
        answer.value["problem"]["code"].as_str().unwrap_or_default().to_owned()
    };
    thread::scope(|scope| {
        let all: Vec<_> = (0..LOGINS).map(|_| scope.spawn(login)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

/// The HTTP status of the bank's readiness.
fn readiness(bank: &Bank) -> String {
    let asked = run("curl", ["-s", "-o", "/dev/null", "-w", "%{http_code}", &format!("{}/ready", bank.plain())]);
    String::from_utf8(asked.stdout).unwrap()
}

#[test]
fn a_bank_whose_disk_was_full_goes_on_without_a_restart() {
    let disk = FillingDisk::new();
    let bank = Bank::on(&disk);
    let pc = Pc::with(&bank);
    assert_eq!(logins(&bank, &pc), [""; LOGINS]);
    assert_eq!(readiness(&bank), "200");
    for _ in 0..2 {
        disk.fill();
        assert_eq!(logins(&bank, &pc), ["bank_unavailable"; LOGINS]);
        // At once: the success of a moment ago is forgotten.
        assert_eq!(readiness(&bank), "503");
        disk.make_room();
        assert_eq!(logins(&bank, &pc), [""; LOGINS]);
        assert_eq!(readiness(&bank), "200");
    }
}
