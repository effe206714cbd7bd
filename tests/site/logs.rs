//! What the running service writes down, and how it stops.

use crate::on_both;
use crate::support::Client;
use crate::support::process::{Installation, notice_for_today, wait_until_closed};
use crate::window::form;
use crate::wire::{Wire, status};
use serde_json::Value;

on_both! {
    /// The most talkative log holds nobody's data, and a stop loses nothing that had begun.
    fn the_log_holds_nobody(site: TestSite) {
        let mut installation = Installation::new();
        installation.set("JIANYAN_DATABASE_URL", &site.config.database_url);
        installation.set("JIANYAN_LOG_FILTER", "trace");
        installation.set("JIANYAN_LOG_FORMAT", "json");
        let notice = installation.file("notice.txt", notice_for_today());
        installation.run(&["import", notice.to_str().unwrap(), "--slug", "plan"]).good();
        installation.run_with(&["staff", "add", "zhou", "--name", "周青禾"], crate::support::PASSWORD).good();
        let (mut running, base) = installation.serve();

        let mut citizen = Client::new(&base);
        let mut fields = form("窗台下面的秘密意见");
        for (name, value) in [("name", "司徒知秋"), ("phone", "19900004321"), ("email", "situ.zq@example.org"), ("address", "秘密路8号")] {
            fields.iter_mut().find(|(key, _)| *key == name).unwrap().1 = value;
        }
        let receipt = citizen.post("/c/plan/submissions", &fields).receipt();
        let opened = citizen.post("/r", &[("number", &receipt), ("contact", "19900004321")]).location().to_owned();
        assert!(citizen.get(&opened).text().contains("窗台下面的秘密意见"));
        let pass = opened.split_once("?k=").unwrap().1.to_owned();
        assert_eq!(citizen.get(&format!("/r?number={}", receipt.to_lowercase())).status, 200);
        assert_eq!(citizen.post("/r", &[("number", "7K2M-9QXD-4RTB-2HWN"), ("contact", "19900004321")]).status, 404);
        assert_eq!(citizen.get("/nothing?name=%E5%8F%B8%E5%BE%92").status, 404);
        fields[1].1 = "";
        assert_eq!(citizen.post("/c/plan/submissions", &fields).status, 422);
        assert_eq!(citizen.post_raw("/c/plan/submissions", "text/plain", "司徒知秋".as_bytes()).status, 422);
        let mut office = Client::new(&base);
        office.sign_in("zhou", crate::support::PASSWORD);
        let csrf = office.get("/office/password").hidden("csrf");
        let own = "Lan-tern-river-77";
        let changed = [("csrf", csrf.as_str()), ("current", crate::support::PASSWORD), ("new", own), ("again", own), ("next", "")];
        assert_eq!(office.post("/office/password", &changed).status, 303);
        assert_eq!(office.get("/office/c/plan/remarks").status, 200);
        // Its storage goes away: not ready, and it says so.
        let storage = installation.path().join("jianyan-data/storage");
        std::fs::remove_dir_all(&storage).unwrap();
        assert_eq!(citizen.get("/readyz").status, 503);
        drop((citizen, office));

        // A form under way when the service is told to stop still arrives.
        fields[1].1 = "停机前一刻的意见";
        let body = serde_urlencoded::to_string(&fields).unwrap();
        let mut wire = Wire::open(&base);
        wire.begin_post("/c/plan/submissions", &body);
        running.signal("TERM");
        wait_until_closed(&base);
        wire.send(&body);
        let head = wire.head();
        assert_eq!(status(&head), 303, "{head}");
        let last = head.lines().find_map(|line| line.strip_prefix("location: /r/")).unwrap();
        let last = last.split('?').next().unwrap().to_owned();
        drop(wire);
        assert_eq!(running.end(), 0);

        let log = running.err.lock().unwrap().clone();
        assert!(log.len() > 3, "{log:?}");
        for line in &log {
            let event: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}"));
            assert!(event["timestamp"].is_string() && event["level"].is_string(), "{line}");
            for secret in ["司徒", "19900004321", "situ", "秘密", crate::support::PASSWORD, &receipt, &receipt.to_lowercase(), &pass, &last, "%E5%8F%B8"] {
                assert!(!line.contains(secret), "{secret} stands in the log: {line}");
            }
        }
        assert!(log.iter().any(|line| line.contains("stopped")), "{log:?}");
        assert!(running.out.lock().unwrap().is_empty());
    }
}
