//! `demo` and `serve`: started, used, stopped.

use crate::support::Client;
use crate::support::notice::NOTICE;
use crate::support::process::{Installation, free_address};
use std::net::TcpListener;

/// The word after a mark on a line.
fn after<'a>(line: &'a str, mark: &str) -> &'a str {
    line.split_once(mark)
        .unwrap_or_else(|| panic!("no {mark} in {line}"))
        .1
        .trim()
}

#[test]
fn the_demonstration_shows_itself() {
    let here = Installation::new();
    let mut running = here.start(&["demo", "--port", "0"]);
    let page = after(&running.wait_for("consultation:"), "consultation:").to_owned();
    let office = after(&running.wait_for("office:"), "office:").to_owned();
    let line = running.wait_for("login / password:");
    let (login, password) = after(&line, "login / password:").split_once(" / ").unwrap();
    running.wait_for("Ctrl+C");

    let base = office.strip_suffix("/office").unwrap();
    let mut reader = Client::new(base);
    let shown = reader.get(page.strip_prefix(base).unwrap());
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("岚溪区适老宜居街道建设实施方案"));
    assert!(shown.text().contains("正在征求意见") && shown.text().contains("征求意见中"));
    let mut staff = Client::new(base);
    staff.sign_in(login, password);
    let queue = staff.get("/office/c/demo/remarks");
    assert_eq!(queue.status, 200);
    let mut intruder = Client::new(base);
    let wrong = intruder.post(
        "/office/sign-in",
        &[
            ("login", login),
            ("password", "Wrong-2025-guess"),
            ("next", ""),
        ],
    );
    assert_ne!(wrong.status, 303);
    drop((reader, staff, intruder));
    running.signal("INT");
    assert_eq!(running.end(), 0);

    // Again on the same data: the same sample, once, and the same password, and it says so.
    let mut again = here.start(&["demo", "--port", "0"]);
    let said = again.wait_for("going on with the demonstration");
    assert!(
        said.contains("jianyan-data/demo") && said.contains("--data"),
        "{said}"
    );
    let office = after(&again.wait_for("office:"), "office:").to_owned();
    let line = again.wait_for("login / password:");
    assert_eq!(
        after(&line, "login / password:"),
        format!("{login} / {password}")
    );
    let base = office.strip_suffix("/office").unwrap();
    assert_eq!(Client::new(base).get("/c/demo").status, 200);
    let mut staff = Client::new(base);
    staff.sign_in(login, password);
    assert_eq!(staff.get("/office/c/demo/remarks").status, 200);
    drop(staff);
    again.signal("TERM");
    assert_eq!(again.end(), 0);
}

/// A session that was open when the demonstration was stopped is open when it is started again.
#[test]
fn a_second_demonstration_keeps_the_sessions() {
    let here = Installation::new();
    let port = free_address().port().to_string();
    let base = format!("http://127.0.0.1:{port}");
    let mut first = here.start(&["demo", "--port", &port]);
    let line = first.wait_for("login / password:");
    let (login, password) = after(&line, "login / password:").split_once(" / ").unwrap();
    first.wait_for("Ctrl+C");
    let mut staff = Client::new(&base);
    staff.sign_in(login, password);
    first.signal("TERM");
    assert_eq!(first.end(), 0);
    let mut second = here.start(&["demo", "--port", &port]);
    second.wait_for("Ctrl+C");
    assert_eq!(staff.get("/office/c/demo/remarks").status, 200);
    drop(staff);
    second.signal("TERM");
    assert_eq!(second.end(), 0);
}

/// The folder of a real site is not taken for a demonstration's.
#[test]
fn a_site_is_not_taken_for_a_demonstration() {
    let here = Installation::new();
    here.file("notice.txt", NOTICE);
    here.run(&["import", "notice.txt", "--slug", "plan"]).good();
    let before = here.listing();
    let done = here.run(&["demo", "--port", "0", "--data", "jianyan-data"]);
    assert!(done.refusal().contains("jianyan-data") && done.err.contains("--data"));
    assert_eq!(here.listing(), before);
}

#[test]
fn the_demonstrations_clock_is_set() {
    let here = Installation::new();
    let mut running = here.start(&["demo", "--port", "0", "--at", "2025-06-29T00:00"]);
    let page = after(&running.wait_for("consultation:"), "consultation:").to_owned();
    running.wait_for("Ctrl+C");
    let base = page.strip_suffix("/c/demo").unwrap();
    assert!(Client::new(base).get("/c/demo").text().contains("已截止"));
    running.signal("TERM");
    assert_eq!(running.end(), 0);
    // The day of the notice, before its window; the last second of it; long afterwards.
    for (at, says) in [
        ("2025-05-28T00:00", "即将开始"),
        ("2025-06-28T23:59:59", "征求意见中"),
        ("2041-01-01T00:00", "已截止"),
        ("2099-12-31T23:59", "已截止"),
    ] {
        let here = Installation::new();
        let mut running = here.start(&["demo", "--port", "0", "--at", at]);
        let page = after(&running.wait_for("consultation:"), "consultation:").to_owned();
        running.wait_for("Ctrl+C");
        let base = page.strip_suffix("/c/demo").unwrap();
        for path in ["/", "/c/demo"] {
            let shown = Client::new(base).get(path);
            assert_eq!(shown.status, 200, "{at} {path}");
            assert!(shown.text().contains(says), "{at} {path}: {}", shown.text());
        }
        running.signal("TERM");
        assert_eq!(running.end(), 0);
    }
    for at in [
        "yesterday",
        "2025-02-30T10:00",
        "",
        "2025-05-27T23:59",
        "2025-05-20T09:00",
        "1900-01-01T00:00",
        "2100-01-01T00:00",
        "9999-12-31T23:59",
        "-009999-01-01T00:00",
    ] {
        let wrong = Installation::new();
        assert!(
            wrong
                .run(&["demo", "--port", "0", &format!("--at={at}")])
                .refusal()
                .contains("--at")
        );
        assert!(wrong.listing().is_empty());
    }
}

#[test]
fn a_taken_port_is_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let mut here = Installation::new();
    let port = address.rsplit(':').next().unwrap();
    let demo = here.run(&["demo", "--port", port]);
    assert!(demo.refusal().contains(&address), "{demo:?}");
    assert!(here.listing().is_empty());
    here.set("JIANYAN_LISTEN", &address);
    let serve = here.run(&["serve"]);
    assert!(serve.refusal().contains(&address), "{serve:?}");
}

#[test]
fn the_service_answers_and_stops() {
    let mut here = Installation::new();
    let (mut running, base) = here.serve();
    let health = format!("{base}/healthz");
    assert_eq!(here.run(&["health", "--url", &health]).good(), "");
    assert_eq!(Client::new(&base).get("/readyz").status, 200);
    assert!(
        Client::new(&base)
            .get("/")
            .text()
            .contains("现在没有征求意见的事项")
    );
    running.signal("TERM");
    assert_eq!(running.end(), 0);
    assert!(
        here.run(&["health", "--url", &health])
            .refusal()
            .contains("does not answer")
    );
}

/// A browser that keeps its connection open must not hold the stop up.
#[test]
fn an_idle_connection_does_not_hold_up_the_stop() {
    let mut here = Installation::new();
    let (mut running, base) = here.serve();
    let mut idle = Client::new(&base);
    assert_eq!(idle.get("/").status, 200);
    let began = std::time::Instant::now();
    running.signal("TERM");
    assert_eq!(running.end(), 0);
    let took = began.elapsed();
    drop(idle);
    assert!(took < std::time::Duration::from_secs(15), "took {took:?}");
}

#[test]
fn an_address_of_another_machine_is_one_line() {
    let mut here = Installation::new();
    here.set("JIANYAN_LISTEN", "192.0.2.1:8080");
    assert!(here.run(&["serve"]).refusal().contains("192.0.2.1:8080"));
    let free = free_address();
    assert!(
        here.run(&["health", "--url", &format!("http://{free}/")])
            .refusal()
            .contains("does not answer")
    );
    for url in ["", "ftp://x/", "http://", "http://nowhere.invalid/"] {
        here.run(&["health", "--url", url]).refusal();
    }
}
