//! Mails about one submission are one conversation, and an answer to any of them finds it again.

use crate::on_both;
use crate::post::{Post, ask, came, comment, receive, row};
use crate::support::TestSite;
use crate::support::sink::{Arrived, Sink};
use crate::written::Letter;
use diesel::prelude::*;
use jianyan::clock::{Clock, to_micros};
use jianyan::correspondence::thread::submission_of;
use jianyan::db::schema::{jobs, sent_mails, submissions};
use jianyan::jobs::model::JobKind;
use jianyan::jobs::queue;
use serde_json::Value;

fn found(site: &TestSite, references: &[&str]) -> Option<String> {
    let (vault, about) = (site.vault.clone(), site.consultation("plan").id);
    let references: Vec<String> = references.iter().map(|id| (*id).to_owned()).collect();
    let found = site
        .database
        .read_now(move |db| submission_of(db, &vault, &references, &[&about]));
    found.unwrap().map(|(_, submission)| submission)
}

fn withdrawal(arrived: &[Arrived]) -> &Arrived {
    arrived
        .iter()
        .find(|mail| mail.words().contains("意见已经撤回"))
        .expect("the withdrawal")
}

/// Marks a submission as taken back, and asks for the mail that says so.
fn take_back(site: &TestSite, submission: &str) {
    let (id, at) = (submission.to_owned(), to_micros(site.clock.now()));
    let mark = move |db: &mut jianyan::db::Db| {
        Ok(
            diesel::update(submissions::table.filter(submissions::id.eq(&id)))
                .set(submissions::withdrawn_at.eq(at))
                .execute(db)?,
        )
    };
    site.database.write_now(mark).unwrap();
    ask(
        site,
        JobKind::AcknowledgeWithdrawal,
        submission,
        Value::Null,
    );
}

on_both! {
    /// Whoever used the form: the first receipt begins the conversation.
    fn a_forms_conversation_begins_with_the_receipt(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        // Others in the same moment.
        comment(&site, "", &[("text", "另一份意见。")]);
        let mut post = Post::to(&site, &sink);
        let first = crate::post::rows(&site, JobKind::AcknowledgeSubmission).remove(0);
        post.all();
        let receipts = sink.arrived();
        let receipt = receipts.iter().find(|mail| mail.letter.message_id.contains(&first.id)).unwrap();
        assert_eq!((receipt.header("In-Reply-To"), receipt.header("References")), (None, None));
        take_back(&site, &first.subject);
        post.all();
        let arrived = sink.arrived();
        let mail = withdrawal(&arrived);
        assert_eq!(mail.header("In-Reply-To"), Some(receipt.letter.message_id.clone()));
        assert_eq!(mail.header("References"), Some(receipt.letter.message_id.clone()));
        assert!(mail.letter.subject.starts_with("您的意见已撤回"), "{}", mail.letter.subject);
        assert_eq!(found(&site, &[&mail.letter.message_id]), Some(first.subject));
    }

    /// Whoever wrote a letter: everything later comes behind it, under their subject.
    fn a_letters_conversation_goes_on(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let letter = Letter::default();
        receive(&site, &letter);
        let submission = came(&site, &letter.raw()).submission.unwrap();
        take_back(&site, &submission);
        Post::to(&site, &sink).all();
        let arrived = sink.arrived();
        let mail = withdrawal(&arrived);
        assert_eq!(mail.header("In-Reply-To").as_deref(), Some("<letter@example.com>"));
        assert!(mail.letter.subject.starts_with("Re: 关于楼道方案的意见 ["), "{}", mail.letter.subject);
        assert_eq!(found(&site, &["<letter@example.com>"]), Some(submission), "their own earlier letter");
    }

    /// A header full of what is no number adds no line, and a subject no field.
    fn a_hostile_letter_bends_no_header(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        let id = "letter@example.com>\r\n\tX-Evil: 1\r\n\t<x";
        let subject = "=?utf-8?Q?=E7=94=B2=0D=0ABcc:_b@example.org?=";
        receive(&site, &Letter { id: Some(id), subject, ..Letter::default() });
        Post::to(&site, &sink).all();
        let mail = sink.only();
        let (head, _) = mail.raw.split_once("\n\n").unwrap();
        assert!(head.lines().all(|line| !line.starts_with("X-Evil") && !line.starts_with("Bcc") && line.len() < 998), "{head}");
        assert_eq!(mail.header("In-Reply-To").as_deref(), Some("<letter@example.com>"));
    }

    /// The nearest number that is known counts, forged ones do not, and strangers' are nobody's.
    fn an_answer_finds_its_submission(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        Post::to(&site, &sink).all();
        let own = row(&site, JobKind::AcknowledgeSubmission).subject;
        let number = sink.only().letter.message_id;
        let relayed = number.replace("@example.org", "@relay.example.net");
        assert_eq!(found(&site, &[&number, "<stranger@example.com>"]), Some(own.clone()));
        assert_eq!(found(&site, &[&relayed]), Some(own));
        let forged = number.replacen("<0", "<1", 1);
        for nobody in [vec![], vec!["<stranger@example.com>"], vec![forged.as_str()], vec!["", "<>"]] {
            assert_eq!(found(&site, &nobody), None, "{nobody:?}");
        }
    }

    /// Jobs go after thirty days; what their mails were about stays, for answers that come later,
    /// and a later mail still stands behind the first.
    fn a_mail_is_known_when_its_job_is_gone(site: TestSite) {
        let Some(sink) = Sink::start() else { return };
        site.publish_sample();
        comment(&site, "", &[]);
        crate::post::follower(&site, "01975b6e-0000-7000-8000-0000000000f1", "zh", false, false);
        ask(&site, JobKind::ConfirmFollower, "01975b6e-0000-7000-8000-0000000000f1", Value::Null);
        let mut post = Post::to(&site, &sink);
        post.all();
        let first = row(&site, JobKind::AcknowledgeSubmission);
        let number = sink.arrived().into_iter().find(|mail| mail.letter.message_id.contains(&first.id)).unwrap().letter.message_id;
        site.clock.advance(30 * 24 * 3_600 + 1);
        let now = site.clock.now();
        assert_eq!(site.database.write_now(move |db| queue::purge(db, now)).unwrap(), 2);
        let left: (i64, Vec<String>) = site.database.read_now(|db| {
            Ok((jobs::table.count().get_result(db)?, sent_mails::table.select(sent_mails::kind).load(db)?))
        }).unwrap();
        assert_eq!(left, (0, vec!["acknowledge-submission".to_owned()]), "nothing is remembered of followers");
        assert_eq!(found(&site, &[&number]), Some(first.subject.clone()));
        take_back(&site, &first.subject);
        post.all();
        assert_eq!(withdrawal(&sink.arrived()).header("In-Reply-To"), Some(number));
    }
}
