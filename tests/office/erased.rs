//! After an erasure nobody reads one character more than before: not in any public form, not on the
//! receipt, not in the files of the database.

use crate::on_both;
use crate::steps::{comment_with, decide, jobs, remark_ids};
use crate::support::{Backend, TestSite};
use diesel::prelude::*;
use jianyan::clock::Clock;
use jianyan::consultations::model::Consultation;
use jianyan::db::schema::{followers, remarks, responses, submissions};
use jianyan::export::model::{Edition, Format};
use jianyan::export::stated::totals;
use jianyan::export::summary::{Wanted, write};
use jianyan::intake::find::{Found, by_receipt};
use jianyan::intake::model::sender::Sender;

/// What must never be read, before or after.
const SECRETS: [&str; 12] = [
    "沈知秋",
    "知秋",
    "19900001234",
    "199 0000 1234",
    "shenzhiqiu",
    "示例路7号",
    "吴晓岚",
    "19900005678",
    "110101199003070012",
    "wu@example.net",
    "李建国",
    "0900-5556789",
];

const TEXT: &str = "我叫沈知秋，电话199 0000 1234，家住青禾区示例路7号。邻居的电话是19900005678，身份证110101199003070012，邮箱wu@example.net。建议每月清理一次。\n建议人：吴晓岚，电话：0900-5556789\n此致\n敬礼\n李建国\n2025年6月1日";

fn file(site: &TestSite, consultation: &Consultation, format: Format, edition: Edition) -> String {
    let target = site.folder.path().join("out");
    let wanted = Wanted {
        format,
        edition,
        as_of: consultation.answered_at.unwrap_or_else(|| site.clock.now()),
    };
    let work = |db: &mut jianyan::db::Db| write(db, &site.vault, consultation, wanted, &target);
    site.database.read_snapshot(work).unwrap();
    let bytes = std::fs::read(&target).unwrap();
    if format == Format::Csv {
        return String::from_utf8(bytes).unwrap();
    }
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for index in 0..zip.len() {
        std::io::Read::read_to_string(&mut zip.by_index(index).unwrap(), &mut all).unwrap();
    }
    all
}

/// Every form in which the public may read an opinion.
fn public(site: &TestSite, consultation: &Consultation, receipt: &str) -> Vec<(String, String)> {
    let mut shown = Vec::new();
    for language in ["", "/en"] {
        for page in [
            "",
            "/feedback",
            "/feedback?page=1",
            "/comments",
            "/document",
            "/changes",
        ] {
            let path = format!("{language}/c/plan{page}");
            shown.push((path.clone(), site.client().get(&path).text()));
        }
    }
    for path in [
        "/",
        "/feed.xml",
        "/c/plan/feed.xml",
        "/api/v1/consultations",
        "/api/v1/consultations/plan",
        "/api/v1/consultations/plan/outline",
        "/api/v1/consultations/plan/changes",
        "/sitemap.xml",
    ] {
        shown.push((path.to_owned(), site.client().get(path).text()));
    }
    for format in [Format::Csv, Format::Xlsx, Format::Docx] {
        let text = file(site, consultation, format, Edition::Public);
        shown.push((format!("{format:?}"), text));
    }
    // Whoever found the number, with a contact that is not the sender's.
    let fields = [("number", receipt), ("contact", "19900009999")];
    let opened = site.client().post("/r", &fields);
    let page = match opened.header("location") {
        Some(location) => site.client().get(location).text(),
        None => opened.text(),
    };
    shown.push(("receipt".to_owned(), page));
    shown
}

fn read(site: &TestSite, receipt: &str) -> Found {
    let (vault, now) = (site.vault.clone(), site.clock.now());
    let found = site
        .database
        .read_now(|db| by_receipt(db, &vault, receipt, now));
    found.unwrap().unwrap()
}

fn erase(site: &TestSite, receipt: &str) {
    let address = site.receipt(receipt);
    let k = address.split_once("?k=").unwrap().1;
    let fields = [("k", k), ("kind", "erase"), ("text", "我是沈知秋")];
    site.client()
        .post(&format!("/r/{receipt}/requests"), &fields);
    let mut office = site.staff();
    let page = office.get("/office/requests").text();
    let id = &page.split_once("href=\"/office/requests/").unwrap().1[..36];
    let csrf = office.csrf();
    let fields = [
        ("csrf", csrf.as_str()),
        ("act", "do"),
        ("answer", "沈知秋：已经删除。"),
    ];
    let done = office.post(&format!("/office/requests/{id}"), &fields);
    assert_eq!(done.status, 303, "{}", done.text());
}

fn nothing_secret(shown: &[(String, String)]) {
    for (place, text) in shown {
        for secret in SECRETS {
            assert!(!text.contains(secret), "{secret} is read at {place}");
        }
    }
}

/// The office decides everything, the window closes, the outcomes are published.
fn publish(site: &TestSite, reason: &str) {
    site.clock.set("2025-07-20T09:00:00+08:00");
    let mut office = site.staff();
    for id in remark_ids(&office.get("/office/c/plan/remarks").text()) {
        let address = format!("/office/c/plan/remarks/{id}");
        let given = decide(
            &mut office,
            &address,
            &[("outcome", "adopted"), ("reason", reason)],
        );
        assert_eq!(given.status, 303, "{}", given.text());
    }
    let csrf = office.csrf();
    let done = office.post("/office/c/plan/publish", &[("csrf", &csrf)]);
    assert_eq!(done.status, 303, "{}", done.text());
}

const REASON: &str = "已与沈知秋（19900001234）沟通，来信的建议写入第1项。";

fn said(site: &TestSite) -> String {
    comment_with(
        site,
        &[
            ("text", TEXT),
            ("address", "青禾区示例路7号"),
            ("suggested", "由沈知秋（199-0000-1234）监督，每月一次"),
        ],
    )
}

/// The name beside the opinion goes; nothing else differs.
fn without_names(text: &str) -> String {
    text.replace("沈**", "〇").replace("未留姓名", "〇")
}

on_both! {
    /// Before and after an erasure every public form reads the same, save the name beside it.
    fn an_erasure_shows_not_one_character_more(site: TestSite) {
        let consultation = site.publish_sample();
        let receipt = said(&site);
        let mut office = site.staff();
        let id = remark_ids(&office.get("/office/c/plan/remarks").text()).remove(0);
        let csrf = office.csrf();
        office.post("/office/c/plan/wall", &[("csrf", &csrf), ("go", "open")]);
        office.post(&format!("/office/c/plan/wall/{id}"), &[("csrf", &csrf), ("go", "show")]);
        publish(&site, REASON);
        let consultation = site.consultation(&consultation.slug);
        let before = public(&site, &consultation, &receipt);
        nothing_secret(&before);
        let of = |shown: &[(String, String)], place: &str| {
            shown.iter().find(|(other, _)| other == place).unwrap().1.clone()
        };
        for place in ["/c/plan/feedback", "Csv", "Xlsx", "Docx", "/c/plan/comments"] {
            assert!(of(&before, place).contains("建议每月清理一次。"), "{place} shows the opinion");
            assert!(of(&before, place).contains("［已隐去］"), "{place} hides");
        }
        let counted = |site: &TestSite| site.database.read_now(|db| totals(db, &consultation)).unwrap();
        let had = counted(&site);

        erase(&site, &receipt);
        site.clock.advance(60);
        let after = public(&site, &consultation, &receipt);
        nothing_secret(&after);
        for place in ["/c/plan/feedback", "/en/c/plan/feedback", "Csv", "Docx"] {
            assert_eq!(without_names(&of(&after, place)), without_names(&of(&before, place)), "{place}");
        }
        assert_eq!(counted(&site), had, "the counts stay");
        assert!(!of(&after, "/c/plan/comments").contains("建议每月清理一次。"));
        assert!(of(&after, "receipt").contains("建议每月清理一次。"), "published by now");
        for format in [Format::Csv, Format::Xlsx, Format::Docx] {
            let archive = file(&site, &consultation, format, Edition::Archive);
            assert!(archive.contains("建议每月清理一次。"));
            nothing_secret(&[(format!("archive {format:?}"), archive)]);
        }
        // What lies in the tables, too.
        let words: Vec<(String, Option<String>)> = site.database.read_now(|db| {
            Ok(remarks::table.select((remarks::text, remarks::suggested)).load(db)?)
        }).unwrap();
        let reasons: Vec<String> = site.database.read_now(|db| Ok(responses::table.select(responses::reason).load(db)?)).unwrap();
        nothing_secret(&[("tables".to_owned(), format!("{words:?}{reasons:?}"))]);

        // Again, to the same end.
        let found = read(&site, &receipt);
        let (vault, clock) = (site.vault.clone(), site.clock());
        let actor = jianyan::audit::model::Actor::System("test");
        site.database.write_now(move |db| jianyan::intake::after::erase::erase(db, &vault, &actor, &*clock, &found)).unwrap();
        let again: Vec<(String, Option<String>)> = site.database.read_now(|db| {
            Ok(remarks::table.select((remarks::text, remarks::suggested)).load(db)?)
        }).unwrap();
        assert_eq!(again, words);
    }

    /// A database in which an earlier version erased: the sender is gone, the words stand as they
    /// came. Patterns and signatures hide them all the same.
    fn what_was_erased_earlier_is_hidden_too(site: TestSite) {
        let consultation = site.publish_sample();
        let receipt = said(&site);
        publish(&site, "来信的建议写入第1项，请打19900001234。");
        let consultation = site.consultation(&consultation.slug);
        let found = read(&site, &receipt);
        let key = site.vault.data_key(&consultation.id, &consultation.wrapped_key).unwrap();
        let nobody = key.seal(&serde_json::to_vec(&Sender::default()).unwrap(), &found.submission_id).unwrap();
        site.database.write_now(move |db| {
            diesel::update(submissions::table)
                .set((submissions::contact_sealed.eq(nobody.clone()), submissions::erased_at.eq(Some(1_i64))))
                .execute(db)?;
            Ok(())
        }).unwrap();
        for (place, text) in public(&site, &consultation, &receipt) {
            for secret in ["19900001234", "199 0000 1234", "19900005678", "110101199003070012", "wu@example.net", "吴晓岚", "0900-5556789", "李建国", "我叫沈知秋"] {
                assert!(!text.contains(secret), "{secret} is read at {place}");
            }
        }
    }

    /// Until the outcomes are published nobody reads the words of an erased submission, whoever
    /// found its number.
    fn the_number_alone_opens_no_words_before_they_are_public(site: TestSite) {
        let consultation = site.publish_sample();
        let receipt = said(&site);
        let before = public(&site, &consultation, &receipt);
        erase(&site, &receipt);
        let after = public(&site, &consultation, &receipt);
        nothing_secret(&after);
        let (_, page) = after.last().unwrap();
        assert!(page.contains("意见的文字不在这里显示") && page.contains("已经删除。"), "{page}");
        for (place, text) in before.iter().chain(&after).filter(|(place, _)| !["Csv", "Xlsx", "Docx"].contains(&place.as_str())) {
            assert!(!text.contains("每月清理一次"), "{place}");
        }
    }

    /// Whoever follows under the address of an erased submission follows no more.
    fn the_follower_of_the_same_address_goes(site: TestSite) {
        let consultation = site.publish_sample();
        for email in ["ShenZhiqiu@example.com", "other@example.org"] {
            let asked = site.client().post("/c/plan/follow", &[("email", email)]);
            assert_eq!(asked.status, 303, "{}", asked.text());
        }
        let receipt = said(&site);
        let count = |site: &TestSite| -> i64 { site.database.read_now(|db| Ok(followers::table.count().get_result(db)?)).unwrap() };
        assert_eq!((count(&site), jobs(&site, "confirm-follower")), (2, 2));
        erase(&site, &receipt);
        assert_eq!((count(&site), jobs(&site, "confirm-follower")), (1, 1), "the other stays");
        assert!(consultation.answered_at.is_none());
    }
}

/// The files of the database hold no erased word: not the tables, not the free pages, not the log.
#[test]
fn erased_words_leave_the_files_of_the_database() {
    let site = TestSite::new(Backend::Sqlite);
    site.publish_sample();
    // Long enough to lie on pages of its own, and short ones beside it.
    let filler = "这一段说的是别的事情。".repeat(900);
    let long = format!("{filler}\n联系电话：19900001234\n{TEXT}");
    let receipt = comment_with(&site, &[("text", &long), ("address", "青禾区示例路7号")]);
    for number in 0..40 {
        comment_with(
            &site,
            &[
                ("text", &format!("第{number}条别人的意见")),
                ("phone", "19900007777"),
                ("name", "韩立夏"),
            ],
        );
        site.clock.advance(60);
    }
    let held = |secret: &str| -> Vec<String> {
        let mut files = Vec::new();
        let mut folders = vec![site.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if std::fs::read(&path)
                    .unwrap()
                    .windows(secret.len())
                    .any(|part| part == secret.as_bytes())
                {
                    files.push(path.display().to_string());
                }
            }
        }
        files
    };
    let secrets = [
        "沈知秋",
        "199 0000 1234",
        "19900001234",
        "示例路7号",
        "吴晓岚",
        "李建国",
        "110101199003070012",
    ];
    for secret in secrets {
        assert!(!held(secret).is_empty(), "{secret} lies in clear before");
    }
    erase(&site, &receipt);
    for secret in secrets {
        assert_eq!(held(secret), Vec::<String>::new(), "{secret}");
    }
}
