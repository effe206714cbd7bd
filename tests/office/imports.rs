//! An office prepares a publication, corrects what was read, publishes it at its hour, takes it
//! back, revises it; and readers see each version when it is theirs to see.

use crate::on_both;
use crate::steps::{comment, comment_with, events};
use crate::support::client::Reply;
use crate::support::notice::NOTICE;
use crate::support::{Client, PASSWORD, TestSite};
use jianyan::identity::model::Role;

const IMPORTS: &str = "/office/imports";
pub const VERSIONS: &str = "/office/c/plan/versions";

/// The notice with another draft title, so that it is another file.
fn notice() -> String {
    NOTICE.replace("楼道整洁行动", "楼道安宁行动")
}

/// The revised draft of the sample: one section edited, one put in, one taken out.
pub fn revised() -> String {
    let (_, from_draft) = NOTICE
        .split_once("青禾区社区建设局\n2025年5月28日\n")
        .unwrap();
    let (draft, _) = from_draft
        .split_once("《青禾区楼道整洁行动方案》\n")
        .unwrap();
    draft
        .replace("每季度组织一次集中清理", "每月组织一次集中清理")
        .replace(
            "3.补齐灭火器材",
            "3.清运大件垃圾。每月第一个周末专车清运。\n4.补齐灭火器材",
        )
        .replace("4.规范电动车充电", "5.规范电动车充电")
        .replace("(二)加强宣传。编印简明手册。\n", "")
}

/// Sends files with the form of a page.
pub fn upload(office: &mut Client, page: &str, files: &[(&str, &[u8])]) -> Reply {
    let csrf = office.get(page).hidden("csrf");
    let mut body = Vec::new();
    let mut part = |head: &str, bytes: &[u8]| {
        body.extend_from_slice(
            format!("--here\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    };
    part("name=\"csrf\"", csrf.as_bytes());
    for (name, bytes) in files {
        part(&format!("name=\"files\"; filename=\"{name}\""), bytes);
    }
    body.extend_from_slice(b"--here--\r\n");
    office.post_raw(page, "multipart/form-data; boundary=here", &body)
}

/// Imports a file; answers the address of its preparation.
fn imported(office: &mut Client, name: &str, text: &str) -> String {
    let reply = upload(office, IMPORTS, &[(name, text.as_bytes())]);
    assert_eq!(reply.status, 303, "{}", reply.text());
    reply.location().to_owned()
}

/// Sends a form below a preparation, with the tokens of the page it stands on.
pub fn send(
    office: &mut Client,
    base: &str,
    page: &str,
    to: &str,
    fields: &[(&str, &str)],
) -> Reply {
    let shown = office.get(&format!("{base}{page}"));
    let (csrf, revision) = (shown.hidden("csrf"), shown.hidden("revision"));
    let mut all = vec![("csrf", csrf.as_str()), ("revision", revision.as_str())];
    all.extend_from_slice(fields);
    office.post(&format!("{base}{to}"), &all)
}

/// Sends a form of which the page no longer offers any.
fn force(office: &mut Client, path: &str, fields: &[(&str, &str)]) -> Reply {
    let csrf = office.csrf();
    let mut all = vec![("csrf", csrf.as_str()), ("revision", "9")];
    all.extend_from_slice(fields);
    office.post(path, &all)
}

fn edit(office: &mut Client, base: &str, op: &str, at: &str) -> Reply {
    send(office, base, "", "/edits", &[("op", op), ("at", at)])
}

const FACTS: [(&str, &str); 13] = [
    ("title", "关于公开征求意见的公告"),
    ("draft_title", "《青禾区楼道安宁行动方案》(征求意见稿)"),
    ("issuer", "青禾区社区建设局"),
    ("issued_on", "2025-05-28"),
    ("opens_on", "2025-05-29"),
    ("closes_on", "2025-07-10"),
    ("short_reason", ""),
    ("person", "陶知行"),
    ("phone", "0900-5550123"),
    ("email", "loudao@example.org"),
    ("address", ""),
    ("channels", "电话、电子邮件"),
    ("slug", "anning"),
];

fn state_facts(office: &mut Client, base: &str) {
    let reply = send(office, base, "/facts", "/facts", &FACTS);
    assert_eq!(reply.status, 303, "{}", reply.text());
}

fn public(site: &TestSite, path: &str) -> Reply {
    site.client().get(path)
}

on_both! {
    fn from_a_file_to_its_publication_at_an_hour(site: TestSite) {
        let mut office = site.staff();
        let base = imported(&mut office, "notice.txt", &notice());
        let page = office.get(&base).text();
        assert!(page.contains("规范晾晒设施") && page.contains("陶知行"));
        assert_eq!(public(&site, "/c/anning").status, 404);

        state_facts(&mut office, &base);
        let check = office.get(&format!("{base}/check")).text();
        assert_eq!(check.matches("rule-met").count(), 5, "{check}");
        assert!(check.contains("《重大行政决策程序暂行条例》第十五条"));

        let later = [("when", "later"), ("day", "2025-06-12"), ("time", "09:00")];
        assert_eq!(send(&mut office, &base, "/check", "/publish", &later).status, 303);
        assert!(office.get(&format!("{base}/check")).text().contains("2025年6月12日 9:00"));
        site.clock.set("2025-06-12T08:59:59+08:00");
        assert_eq!(public(&site, "/c/anning").status, 404);
        assert!(!public(&site, "/").text().contains("安宁"));
        assert!(!site.staff().get("/office").text().contains("安宁"));
        site.clock.set("2025-06-12T09:00:00+08:00");
        assert_eq!(public(&site, "/c/anning").status, 200);
        assert!(public(&site, "/c/anning/draft").text().contains("规范晾晒设施"));
        let actions: Vec<String> = events(&site).into_iter().map(|event| event.action).collect();
        for action in ["import-started", "facts-stated", "consultation-imported"] {
            assert_eq!(actions.iter().filter(|one| *one == action).count(), 1, "{action}");
        }
    }

    fn what_waits_can_be_taken_back_and_what_is_seen_cannot(site: TestSite) {
        let mut office = site.staff();
        let base = imported(&mut office, "notice.txt", &notice());
        state_facts(&mut office, &base);
        let later = [("when", "later"), ("day", "2025-06-12"), ("time", "")];
        assert_eq!(send(&mut office, &base, "/check", "/publish", &later).status, 303);
        // Scheduled: neither corrected nor published again.
        let edits = format!("{base}/edits");
        assert_eq!(force(&mut office, &edits, &[("op", "promote"), ("at", "1.3")]).status, 409);
        assert_eq!(send(&mut office, &base, "/check", "/withdraw", &[]).status, 303);
        assert_eq!(force(&mut office, &format!("{base}/withdraw"), &[]).status, 409);
        site.clock.set("2025-06-20T09:00:00+08:00");
        let mut office = site.staff();
        assert_eq!(public(&site, "/c/anning").status, 404);
        assert_eq!(send(&mut office, &base, "/check", "/publish", &[("when", "now")]).status, 303);
        assert_eq!(public(&site, "/c/anning").status, 200);
        assert_eq!(force(&mut office, &format!("{base}/withdraw"), &[]).status, 409);
        assert_eq!(public(&site, "/c/anning").status, 200);
    }

    fn corrections_can_be_undone_and_done_again(site: TestSite) {
        let mut office = site.staff();
        let base = imported(&mut office, "notice.txt", &notice());
        let before = outline(&mut office, &base);
        let at = place(&before, "规范晾晒设施");
        assert_eq!(edit(&mut office, &base, "merge", &at).status, 303);
        assert!(!outline(&mut office, &base).iter().any(|(_, name)| name.contains("规范晾晒设施")));
        assert_eq!(edit(&mut office, &base, "undo", "").status, 303);
        assert_eq!(outline(&mut office, &base), before);
        assert_eq!(edit(&mut office, &base, "redo", "").status, 303);
        assert_ne!(outline(&mut office, &base), before);
        assert_eq!(edit(&mut office, &base, "undo", "").status, 303);
        let renamed = send(&mut office, &base, "", "/edits", &[("op", "rename"), ("at", &at), ("words", "晾晒")]);
        assert_eq!(renamed.status, 303);
        assert!(outline(&mut office, &base).iter().any(|(_, name)| name.ends_with("晾晒")));
        // What cannot be done is said, and nothing is kept of it.
        let top = place(&before, "总体要求");
        let refused = edit(&mut office, &base, "promote", &top);
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("已经是最高一级"));
        assert_eq!(edit(&mut office, &base, "fly", &top).status, 422);
    }

    /// A name of the office's own stands in the contents; the text stays as printed.
    fn another_name_is_for_the_contents(site: TestSite) {
        let mut office = site.staff();
        let base = imported(&mut office, "notice.txt", &notice());
        let at = place(&outline(&mut office, &base), "规范晾晒设施");
        let fields = [("op", "rename"), ("at", at.as_str()), ("words", "挂衣服")];
        assert_eq!(send(&mut office, &base, "", "/edits", &fields).status, 303);
        state_facts(&mut office, &base);
        assert_eq!(send(&mut office, &base, "/check", "/publish", &[("when", "now")]).status, 303);
        let page = public(&site, "/c/anning/draft").text();
        let (contents, text) = page.split_once("<article").unwrap();
        assert!(contents.contains("挂衣服") && !contents.contains("规范晾晒设施"));
        assert!(text.contains("规范晾晒设施") && !text.contains("挂衣服"));
    }

    fn two_windows_do_not_undo_each_other(site: TestSite) {
        let mut office = site.staff();
        let base = imported(&mut office, "notice.txt", &notice());
        let shown = office.get(&base);
        let at = place(&outline(&mut office, &base), "规范晾晒设施");
        assert_eq!(edit(&mut office, &base, "demote", &at).status, 303);
        let (csrf, revision) = (shown.hidden("csrf"), shown.hidden("revision"));
        let stale = [("csrf", csrf.as_str()), ("revision", revision.as_str()), ("op", "undo"), ("at", "")];
        let reply = office.post(&format!("{base}/edits"), &stale);
        assert_eq!(reply.status, 409);
        assert!(reply.text().contains("请刷新页面"));
    }

    fn a_wrong_fact_keeps_what_was_typed(site: TestSite) {
        let mut office = site.staff();
        let base = imported(&mut office, "notice.txt", &notice());
        let mut facts = FACTS;
        facts[5] = ("closes_on", "2025-05-01");
        facts[9] = ("email", "nobody");
        let reply = send(&mut office, &base, "/facts", "/facts", &facts);
        assert_eq!(reply.status, 422);
        let page = reply.text();
        assert!(page.contains("早于开始日期") && page.contains("格式不对") && page.contains("value=\"nobody\""));
        // A short window without a reason is named with its article, and does not stop the office.
        facts[5] = ("closes_on", "2025-06-10");
        facts[9] = ("email", "");
        assert_eq!(send(&mut office, &base, "/facts", "/facts", &facts).status, 303);
        let check = office.get(&format!("{base}/check")).text();
        assert_eq!(check.matches("rule-unmet").count(), 1, "{check}");
        assert!(check.contains("不足30日"));
    }

    fn bad_files_say_what_to_do_and_leave_nothing(site: TestSite) {
        let mut office = site.staff();
        for (name, bytes, said) in [
            ("setup.docx", b"MZ\x90\x00".as_slice(), "Windows"),
            ("empty.txt", b"".as_slice(), "空"),
            ("words.txt", "没有条款的一段话。".as_bytes(), "没有找到"),
        ] {
            let reply = upload(&mut office, IMPORTS, &[(name, bytes)]);
            assert_eq!(reply.status, 422, "{name}");
            let page = reply.text();
            assert!(page.contains(said) && page.contains("错误："), "{name}: {page}");
        }
        assert_eq!(upload(&mut office, IMPORTS, &[]).status, 422);
        assert!(office.get(IMPORTS).text().contains("还没有导入过文件"));
    }

    fn several_files_are_one_text(site: TestSite) {
        let mut office = site.staff();
        let whole = notice();
        let (notice, rest) = whole.split_once("青禾区楼道安宁行动方案(征求意见稿)\n为改善").unwrap();
        let draft = format!("青禾区楼道安宁行动方案(征求意见稿)\n为改善{rest}");
        let files = [("gonggao.txt", notice.as_bytes()), ("fangan.txt", draft.as_bytes())];
        let reply = upload(&mut office, IMPORTS, &files);
        assert_eq!(reply.status, 303, "{}", reply.text());
        let base = reply.location().to_owned();
        let page = office.get(&base).text();
        assert!(page.contains("gonggao.txt、fangan.txt") && page.contains("加强宣传"));
        state_facts(&mut office, &base);
        assert_eq!(send(&mut office, &base, "/check", "/publish", &[("when", "now")]).status, 303);
        assert!(public(&site, "/c/anning").text().contains("fangan.txt"));
    }

    fn the_same_file_is_not_published_twice(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let base = imported(&mut office, "notice.txt", NOTICE);
        state_facts(&mut office, &base);
        let reply = send(&mut office, &base, "/check", "/publish", &[("when", "now")]);
        assert_eq!(reply.status, 409);
        assert!(reply.text().contains("已经导入过"));
    }

    fn given_up_is_gone_from_the_list(site: TestSite) {
        let mut office = site.staff();
        let base = imported(&mut office, "notice.txt", &notice());
        assert!(office.get(IMPORTS).text().contains("notice.txt"));
        assert_eq!(send(&mut office, &base, "", "/discard", &[]).status, 303);
        assert!(!office.get(IMPORTS).text().contains("notice.txt"));
        assert_eq!(force(&mut office, &format!("{base}/edits"), &[("op", "undo")]).status, 409);
    }

    fn somebody_who_may_only_look_changes_nothing(site: TestSite) {
        let mut office = site.staff();
        let base = imported(&mut office, "notice.txt", &notice());
        site.account("reader", "顾听雨", Role::Auditor);
        let mut reader = site.client();
        reader.sign_in("reader", PASSWORD);
        assert_eq!(reader.get(&base).status, 200);
        assert!(!reader.get(&base).text().contains("/edits\""), "nothing is offered that is refused");
        assert_eq!(force(&mut reader, &format!("{base}/edits"), &[("op", "promote"), ("at", "1.3")]).status, 403);
        assert_eq!(upload(&mut reader, IMPORTS, &[("notice.txt", notice().as_bytes())]).status, 403);
        assert_eq!(site.client().get(IMPORTS).status, 303);
    }

    fn a_revision_is_confirmed_published_and_compared(site: TestSite) {
        site.publish_sample();
        let receipt = comment(&site, "2.2.3", "灭火器要多一些。");
        let mut office = site.staff();
        let reply = upload(&mut office, VERSIONS, &[("xiugai.txt", revised().as_bytes())]);
        assert_eq!(reply.status, 303, "{}", reply.text());
        let base = reply.location().to_owned();
        let blocked = office.get(&format!("{base}/check")).text();
        assert!(blocked.contains("请先核对并确认新旧条款对照"));
        let matches = office.get(&format!("{base}/matches")).text();
        for word in ["有修改", "新增", "仅序号变化", "删除"] {
            assert!(matches.contains(word), "{word}");
        }
        assert!(matches.contains("<del>") && matches.contains("<ins>"));
        assert_eq!(send(&mut office, &base, "/matches", "/matches", &[]).status, 303);
        let fields = [("when", "later"), ("day", "2025-06-12"), ("time", "10:30"), ("note", "清理改为每月一次。")];
        assert_eq!(send(&mut office, &base, "/check", "/publish", &fields).status, 303);

        site.clock.set("2025-06-12T10:29:59+08:00");
        assert!(!public(&site, "/c/plan/draft").text().contains("清运大件垃圾"));
        assert_eq!(public(&site, "/c/plan/changes/2").status, 404);
        assert_eq!(public(&site, "/c/plan/v/2/draft").status, 404);
        site.clock.set("2025-06-12T10:30:00+08:00");
        assert!(public(&site, "/c/plan/draft").text().contains("清运大件垃圾"));
        let changes = public(&site, "/c/plan/changes/2").text();
        assert!(changes.contains("清理改为每月一次。") && changes.contains("季度"));

        // Old anchors: the old text stays, and says where it went.
        let old = public(&site, "/c/plan/v/1/s/2.2.3").text();
        assert!(old.contains("补齐灭火器材") && old.contains("/c/plan/s/2.2.4"));
        let gone = public(&site, "/c/plan/s/3.2");
        assert_eq!((gone.status, gone.header("location")), (302, Some("/c/plan/v/1/s/3.2")));
        // The remark stays on the version it was made on and names its new place.
        let kept = public(&site, &site.receipt(&receipt)).text();
        assert!(kept.contains("补齐灭火器材"), "{kept}");
        let mut office = site.staff();
        let queue = office.get("/office/c/plan/remarks").text();
        assert!(queue.contains("灭火器要多一些"));
        // A comment sent from a page of the first version is on the section its sender saw.
        let late = comment_with(&site, &[("section", "2.2.3"), ("version", "1"), ("text", "电池也要管。")]);
        assert!(public(&site, &site.receipt(&late)).text().contains("补齐灭火器材"));
        let now = comment_with(&site, &[("section", "2.2.3"), ("version", "2"), ("text", "清运好。")]);
        assert!(public(&site, &site.receipt(&now)).text().contains("清运大件垃圾"));
    }

    fn the_office_corrects_what_came_from_where(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let reply = upload(&mut office, VERSIONS, &[("xiugai.txt", revised().as_bytes())]);
        let base = reply.location().to_owned();
        let page = office.get(&format!("{base}/matches")).text();
        // The row of the section that was put in, by its redline.
        let (before, _) = page.split_once("清运大件垃圾").unwrap();
        let row = page[before.len()..].split_once("name=\"from-").unwrap().1;
        let index = row.split_once('"').unwrap().0;
        let field = format!("from-{index}");
        let said = send(&mut office, &base, "/matches", "/matches", &[(field.as_str(), "3.2")]);
        assert_eq!(said.status, 303, "{}", said.text());
        let page = office.get(&format!("{base}/matches")).text();
        assert!(page.contains("位置变化，文字也有修改"), "{page}");
        assert!(!page.contains("删除 <strong>") && !page.contains("新增 <strong>"), "{page}");
    }

    /// Where not every old section can be offered beside each new one, confirming changes nothing.
    fn a_long_draft_is_confirmed_as_it_was_found(site: TestSite) {
        let items: String = (1..=320).map(|n| format!("{n}.修整第{n}处台阶。由社区在年内完成第{n}处的修整。\n")).collect();
        let draft = format!("青禾区台阶修整方案(征求意见稿)\n一、任务\n{items}");
        let (head, _) = NOTICE.split_once("青禾区楼道整洁行动方案(征求意见稿)\n为改善").unwrap();
        site.publish("plan", &format!("{head}{draft}"));
        let mut office = site.staff();
        let revised = draft.replace("由社区在年内完成第7处", "由街道在三年内完成第7处").replace("第9处台阶。由", "第9处坡道。由");
        let reply = upload(&mut office, VERSIONS, &[("xiugai.txt", revised.as_bytes())]);
        assert_eq!(reply.status, 303, "{}", reply.text());
        let base = reply.location().to_owned();
        let page = office.get(&format!("{base}/matches")).text();
        let selects: Vec<&str> = page.split("name=\"from-").skip(1).collect();
        assert_eq!(selects.len(), 2);
        let fields: Vec<(String, String)> = selects
            .iter()
            .map(|select| {
                let index = select.split_once('"').unwrap().0;
                let chosen = select.split_once(" selected").unwrap().0.rsplit_once("value=\"").unwrap().1;
                (format!("from-{index}"), chosen.trim_end_matches('"').to_owned())
            })
            .collect();
        assert_eq!(fields[0].1, "1.7");
        let sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(send(&mut office, &base, "/matches", "/matches", &sent).status, 303);
        let again = office.get(&format!("{base}/matches")).text();
        assert_eq!(again.matches("有修改</strong>").count(), page.matches("有修改</strong>").count());
        assert!(!again.contains("新增</strong>") && !again.contains("删除</strong>"));
    }

    fn one_revision_at_a_time(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let mut bases = Vec::new();
        for text in [revised(), revised().replace("每月", "每周")] {
            let reply = upload(&mut office, VERSIONS, &[("xiugai.txt", text.as_bytes())]);
            let base = reply.location().to_owned();
            assert_eq!(send(&mut office, &base, "/matches", "/matches", &[]).status, 303);
            bases.push(base);
        }
        let later = [("when", "later"), ("day", "2025-06-12"), ("time", "")];
        assert_eq!(send(&mut office, &bases[0], "/check", "/publish", &later).status, 303);
        let second = send(&mut office, &bases[1], "/check", "/publish", &[("when", "now")]);
        assert_eq!(second.status, 409);
        assert!(second.text().contains("另一份") || second.text().contains("等待发布"));
        // Once the first is published, the second was confirmed against an old text.
        site.clock.set("2025-06-13T10:00:00+08:00");
        let mut office = site.staff();
        let stale = send(&mut office, &bases[1], "/check", "/publish", &[("when", "now")]);
        assert_eq!(stale.status, 422, "{}", stale.text());
    }

    /// Followers are told at the hour of publication; taken back before, the telling goes too.
    fn followers_are_told_at_the_hour(site: TestSite) {
        site.publish_sample();
        let mut office = site.staff();
        let reply = upload(&mut office, VERSIONS, &[("xiugai.txt", revised().as_bytes())]);
        let base = reply.location().to_owned();
        assert_eq!(send(&mut office, &base, "/matches", "/matches", &[]).status, 303);
        let later = [("when", "later"), ("day", "2025-06-12"), ("time", "09:00")];
        assert_eq!(send(&mut office, &base, "/check", "/publish", &later).status, 303);
        let hour: jiff::Timestamp = "2025-06-12T09:00:00+08:00".parse().unwrap();
        assert_eq!(news_due(&site), [hour.as_microsecond()]);
        assert_eq!(send(&mut office, &base, "/check", "/withdraw", &[]).status, 303);
        assert!(news_due(&site).is_empty());
        assert_eq!(send(&mut office, &base, "/check", "/publish", &[("when", "now")]).status, 303);
        let now = site.clock().now();
        assert_eq!(news_due(&site), [now.as_microsecond()]);
    }
}

/// When followers are to be told of a revision, for each time that they are.
fn news_due(site: &TestSite) -> Vec<i64> {
    use diesel::prelude::*;
    use jianyan::db::schema::jobs;
    let told = jobs::table.filter(jobs::kind.eq("spread-news"));
    site.database
        .read_now(|db| Ok(told.select(jobs::due_at).load(db)?))
        .unwrap()
}

/// The entries of the outline's page: address and words.
fn outline(office: &mut Client, base: &str) -> Vec<(String, String)> {
    let page = office.get(base).text();
    page.split("<li class=\"node ")
        .skip(1)
        .map(|entry| {
            let at = entry
                .split_once("?at=")
                .unwrap()
                .1
                .split_once('#')
                .unwrap()
                .0;
            let words = entry.split_once("<span lang=\"zh-CN\">").unwrap().1;
            let words = words.split_once("</span>").unwrap().0;
            let words = words.replace("<em>", "").replace("</em>", "");
            (at.to_owned(), words)
        })
        .collect()
}

fn place(outline: &[(String, String)], words: &str) -> String {
    let found = outline.iter().find(|(_, name)| name.contains(words));
    found
        .unwrap_or_else(|| panic!("{words}: {outline:?}"))
        .0
        .clone()
}
