//! Passwords: the first one is changed before anything else, one's own can be, and what is easy to
//! guess is refused.

use crate::on_both;
use crate::steps::events_of;
use crate::support::client::Reply;
use crate::support::{Client, LOGIN, PASSWORD};
use jianyan::audit::model::Actor;
use jianyan::identity::model::Role;
use jianyan::identity::staff::{close, reopen, set_role};

const NEW: &str = "门前老槐树上住着三只喜鹊";

fn change(client: &mut Client, current: &str, new: &str, again: &str, next: &str) -> Reply {
    let csrf = client.get("/office/password").hidden("csrf");
    let fields = [
        ("csrf", &*csrf),
        ("current", current),
        ("new", new),
        ("again", again),
        ("next", next),
    ];
    client.post("/office/password", &fields)
}

fn attempt(client: &mut Client, password: &str, next: &str) -> Reply {
    let fields = [("login", LOGIN), ("password", password), ("next", next)];
    client.post("/office/sign-in", &fields)
}

fn is_in(client: &mut Client) -> bool {
    client.get("/office").status == 200
}

on_both! {
    /// Nothing opens before, nothing is done before, and the way there is kept.
    fn the_first_password_is_changed_before_anything_else(site: TestSite) {
        site.publish_sample();
        site.account_with(LOGIN, "周青禾", Role::Drafter, true);
        let mut client = site.client();
        let to = "/office/c/plan/remarks?outcome=open";
        assert_eq!(attempt(&mut client, PASSWORD, to).location(), to);
        let asked = client.get(to);
        let form = client.get(asked.location());
        assert!(form.text().contains("请先把密码改成自己的"));
        let next = crate::steps::unescaped(&form.hidden("next"));
        assert_eq!(next, to);
        for page in ["/office", "/en/office", "/office/c/plan/audit", "/office/imports", "/office/mails"] {
            assert!(client.get(page).location().contains("/office/password?next="), "{page}");
        }
        let csrf = form.hidden("csrf");
        let export = client.post("/office/c/plan/export", &[("csrf", &csrf), ("format", "csv"), ("edition", "archive")]);
        assert!(export.location().starts_with("/office/password"));
        assert_eq!(change(&mut client, PASSWORD, PASSWORD, PASSWORD, &next).status, 422, "the same again");
        assert_eq!(change(&mut client, PASSWORD, NEW, NEW, &next).location(), to);
        assert_eq!(client.get(to).status, 200);
        assert_eq!(attempt(&mut site.client(), PASSWORD, "").status, 422);
        let mut again = site.client();
        attempt(&mut again, NEW, "");
        assert!(is_in(&mut again), "it is asked once");
    }

    /// Other sessions end, this one goes on under a new token.
    fn ones_own_password_can_be_changed(site: TestSite) {
        let (mut here, mut elsewhere) = (site.staff(), site.staff());
        assert!(here.get("/office").text().contains("/office/password"));
        let wrong = change(&mut here, "Not-it-at-all-9", NEW, NEW, "");
        assert_eq!(wrong.status, 422);
        assert!(wrong.text().contains("现在的密码不对") && !wrong.text().contains(NEW));
        let differ = change(&mut here, PASSWORD, NEW, "不一样的另一句话在这里呢", "");
        assert!(differ.status == 422 && differ.text().contains("不一样"));
        let weak = change(&mut here, PASSWORD, "Password1234", "Password1234", "");
        assert!(weak.status == 422 && weak.text().contains("太容易猜中"));
        let short = change(&mut here, PASSWORD, "短了", "短了", "");
        assert!(short.status == 422 && short.text().contains("12–200个字符"));
        let site_name = change(&mut here, PASSWORD, "我在测试站上班已经二十年", "我在测试站上班已经二十年", "");
        assert!(site_name.status == 422 && site_name.text().contains("网站名称"));
        assert!(is_in(&mut elsewhere), "nothing was changed yet");
        assert_eq!(change(&mut here, PASSWORD, NEW, NEW, "").location(), "/office/password?changed=1");
        assert!(is_in(&mut here) && !is_in(&mut elsewhere));
        assert_eq!(events_of(&site, "password-changed").len(), 1);
        site.client().sign_in(LOGIN, NEW);
        // With a session in hand the present password cannot be guessed for ever.
        let statuses: Vec<u16> = (0..6).map(|_| change(&mut here, PASSWORD, "另一句只有我知道的话在此", "另一句只有我知道的话在此", "").status).collect();
        assert_eq!(statuses, [422, 422, 422, 422, 429, 429], "one was wrong before");
    }

    /// Closing and another role end sessions at once; the last who may change anything stays.
    fn a_closed_account_is_out_at_once(site: TestSite) {
        let mut zhou = site.staff();
        site.account("wang", "王一苇", Role::Drafter);
        let mut wang = site.client();
        wang.sign_in("wang", PASSWORD);
        let actor = Actor::System("test");
        let clock = site.clock();
        site.database.write_now(move |db| close(db, &actor, &*clock, "wang")).unwrap();
        assert!(!is_in(&mut wang) && is_in(&mut zhou));
        let fields = [("login", "wang"), ("password", PASSWORD), ("next", "")];
        assert_eq!(wang.post("/office/sign-in", &fields).status, 422);
        let actor = Actor::System("test");
        let clock = site.clock();
        let last = site.database.write_now(move |db| close(db, &actor, &*clock, LOGIN)).map(|_| ());
        assert!(last.unwrap_err().to_string().contains("last account"));
        let actor = Actor::System("test");
        let clock = site.clock();
        let last = site.database.write_now(move |db| set_role(db, &actor, &*clock, LOGIN, Role::Auditor)).map(|_| ());
        assert!(last.unwrap_err().to_string().contains("last account"));
        assert!(is_in(&mut zhou), "nothing happened to it");
        let actor = Actor::System("test");
        let clock = site.clock();
        site.database.write_now(move |db| reopen(db, &actor, &*clock, "wang")).unwrap();
        wang.sign_in("wang", PASSWORD);
        let actor = Actor::System("test");
        let clock = site.clock();
        site.database.write_now(move |db| set_role(db, &actor, &*clock, LOGIN, Role::Auditor)).unwrap();
        assert!(!is_in(&mut zhou) && is_in(&mut wang));
        for action in ["staff-closed", "staff-reopened", "staff-role-changed"] {
            assert_eq!(events_of(&site, action).len(), 1, "{action}");
        }
    }

    /// A proxy that forwards no address is shown at the desk until it does.
    fn a_silent_proxy_is_shown_at_the_desk(site: TestSite) {
        let mut office = site.staff();
        let words = "没有转来访问者的地址";
        assert!(!office.get("/office").text().contains(words), "a browser at this machine is no proxy");
        let mut visitor = site.client();
        visitor.headers.push(("x-forwarded-proto".to_owned(), "https".to_owned()));
        visitor.get("/r");
        assert!(office.get("/office").text().contains(words));
        assert!(office.get("/en/office").text().contains("does not forward"));
        visitor.headers.push(("x-forwarded-for".to_owned(), "198.51.100.7".to_owned()));
        visitor.get("/r");
        assert!(!office.get("/office").text().contains(words));
    }
}
