//! Receipts: who has the number sees the comment, nobody else; and what is stored shows nobody.

use crate::on_both;
use crate::support::{Reply, TestSite};
use crate::window::form;
use diesel::prelude::*;
use diesel::sql_types::Text;
use jianyan::db::Db;
use std::collections::BTreeSet;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

fn lines(site: &TestSite, query: &str) -> Vec<String> {
    let query = diesel::sql_query(query);
    let rows: Vec<Line> = site
        .database
        .read_now(|db| {
            Ok(match db {
                Db::Sqlite(connection) => query.load(connection)?,
                Db::Postgres(connection) => query.load(connection)?,
            })
        })
        .unwrap();
    rows.into_iter().map(|row| row.line).collect()
}

fn on_postgres(site: &TestSite) -> bool {
    site.config.database_url.starts_with("postgres")
}

/// The tables of the database.
fn tables(site: &TestSite) -> Vec<String> {
    lines(
        site,
        if on_postgres(site) {
            "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public'"
        } else {
            "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        },
    )
}

/// Every row of a table as one text, bytes in hexadecimal.
pub fn dump(site: &TestSite, table: &str) -> Vec<String> {
    if on_postgres(site) {
        return lines(site, &format!("SELECT t::text AS line FROM \"{table}\" t"));
    }
    let columns = lines(
        site,
        &format!("SELECT name AS line FROM pragma_table_info('{table}')"),
    );
    let quoted: Vec<String> = columns
        .iter()
        .map(|column| format!("quote(\"{column}\")"))
        .collect();
    lines(
        site,
        &format!(
            "SELECT {} AS line FROM \"{table}\"",
            quoted.join(" || ' ' || ")
        ),
    )
}

fn send(site: &TestSite, text: &str) -> Reply {
    site.client().post("/c/plan/submissions", &form(text))
}

on_both! {
    /// Numbers do not follow from each other.
    fn numbers_cannot_be_guessed(site: TestSite) {
        site.publish_sample();
        let numbers: BTreeSet<String> = (0..60).map(|index| send(&site, &format!("第{index}条意见")).receipt()).collect();
        assert_eq!(numbers.len(), 60);
        for number in &numbers {
            let groups: Vec<&str> = number.split('-').collect();
            assert!(groups.len() == 4 && groups.iter().all(|group| group.len() == 4), "{number}");
            assert!(number.chars().all(|c| c == '-' || c.is_ascii_digit() || c.is_ascii_uppercase() && !"ILOU".contains(c)), "{number}");
        }
        for at in (0..19).filter(|at| at % 5 != 4) {
            let symbols: BTreeSet<char> = numbers.iter().map(|number| number.chars().nth(at).unwrap()).collect();
            assert!(symbols.len() > 8, "the symbol at {at} hardly changes: {symbols:?}");
        }
    }

    /// The receipt shows what was sent, and hides how the sender is reached.
    fn contact_details_are_masked(site: TestSite) {
        site.publish_sample();
        let mut fields = form("请把晾衣架装低一点。");
        for (name, value) in [("email", "shen.zhiqiu@example.org"), ("address", "青禾区示例路7号3单元")] {
            fields.iter_mut().find(|(key, _)| *key == name).unwrap().1 = value;
        }
        let sent = site.client().post("/c/plan/submissions", &fields);
        assert!(sent.location().ends_with("&sent=1"));
        let fresh = site.client().get(sent.location()).text();
        assert!(fresh.contains("您的意见收到了"));
        let shown = site.client().get(&site.receipt(&sent.receipt())).text();
        for page in [&fresh, &shown] {
            for part in ["请把晾衣架装低一点。", "开展集中清理", "沈**", "199****1234", "s***@example.org", "2025年6月10日 10:00（北京时间）"] {
                assert!(page.contains(part), "{part} is not in {page}");
            }
            for hidden in ["沈知秋", "19900001234", "shen.zhiqiu", "示例路7号"] {
                assert!(!page.contains(hidden), "{hidden} is in {page}");
            }
        }
    }

    /// The same comment twice is one; another is another.
    fn a_repeated_form_is_the_same_submission(site: TestSite) {
        site.publish_sample();
        let first = send(&site, "同样的话").receipt();
        site.clock.advance(3600);
        assert_eq!(send(&site, "同样的话").receipt(), first);
        assert_eq!(send(&site, " 同样的话\r\n").receipt(), first);
        assert_ne!(send(&site, "不同的话").receipt(), first);
        let mut elsewhere = form("同样的话");
        elsewhere[0].1 = "2.1.2";
        assert_ne!(site.client().post("/c/plan/submissions", &elsewhere).receipt(), first);
        let mut another = form("同样的话");
        another[3].1 = "韩立夏";
        assert_ne!(site.client().post("/c/plan/submissions", &another).receipt(), first);
        assert_eq!(dump(&site, "submissions").len(), 4);
        assert_eq!(dump(&site, "remarks").len(), 4);
        let shown = site.client().get(&site.receipt(&first)).text();
        assert!(shown.contains("2025年6月10日 10:00"), "the first arrival counts");
    }

    /// Ten at once, the same: still one.
    fn a_double_click_is_one_submission(site: TestSite) {
        site.publish_sample();
        let numbers: BTreeSet<String> = std::thread::scope(|scope| {
            let clicks: Vec<_> = (0..10).map(|_| scope.spawn(|| send(&site, "手抖点了很多次").receipt())).collect();
            clicks.into_iter().map(|click| click.join().unwrap()).collect()
        });
        assert_eq!(numbers.len(), 1);
        assert_eq!(dump(&site, "submissions").len(), 1);
    }

    /// Whoever reads the database or the disk without the key learns nobody's name or number.
    fn nothing_is_stored_in_clear(site: TestSite) {
        site.publish_sample();
        let mut fields = form("请装扶手。");
        for (name, value) in [("name", "欧阳知秋"), ("phone", "+86 199-0000-4321"), ("email", "ouyang.zq@example.org"), ("address", "示例路9号")] {
            fields.iter_mut().find(|(key, _)| *key == name).unwrap().1 = value;
        }
        let receipt = site.client().post("/c/plan/submissions", &fields).receipt();
        let letter = "Received: by mail.example.org; Tue, 10 Jun 2025 09:00:00 +0800\r\nFrom: wen <wenren@example.net>\r\n\
            Message-ID: <sealed@example.net>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n建议多贴通知。\r\n-- \r\n闻人立夏\r\n手机：19900008765\r\n";
        site.mailroom("plan").receive(letter.as_bytes(), None).unwrap();
        let secrets = ["闻人立夏", "19900008765", "wenren@example.net", "欧阳知秋", "欧阳", "19900004321", "199-0000-4321", "ouyang", "示例路9号", &receipt, &receipt.replace('-', "")];
        let mut seen = String::new();
        let names = tables(&site);
        assert!(names.len() > 10, "{names:?}");
        for table in names {
            for row in dump(&site, &table) {
                let row = row.to_lowercase();
                for secret in secrets {
                    let secret = secret.to_lowercase();
                    let bytes = jianyan::ids::hex(secret.as_bytes());
                    assert!(!row.contains(&secret) && !row.contains(&bytes), "{secret} stands in {table}");
                }
                seen.push_str(&row);
            }
        }
        assert!(seen.contains("请装扶手") && seen.contains("建议多贴通知"), "the dump does not see what is stored");
        for file in files(site.folder.path()) {
            let bytes = std::fs::read(&file).unwrap();
            for secret in secrets {
                let there = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
                assert!(!there, "{secret} stands in {}", file.display());
            }
        }
    }
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}
