//! The service under load and an import of letters on the same database at the same time, as when
//! a timer starts the import: neither turns the other away.

use crate::ask::{assert_whole, number};
use crate::install_on_both;
use crate::kill_mail::letters;
use crate::program::{Install, SLUG, caller, comment, send};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

fn letters_come_in_under_load(install: Install) {
    install.publish();
    let mail = letters(install.folder.path());
    let service = install.serve();
    let (over, forms) = (AtomicBool::new(false), AtomicI64::new(0));
    let said = std::thread::scope(|scope| {
        for who in 0..4 {
            let (over, forms, base) = (&over, &forms, &service.base);
            scope.spawn(move || {
                let agent = caller();
                while !over.load(Ordering::SeqCst) {
                    let count = forms.fetch_add(1, Ordering::SeqCst);
                    let text = format!("第{who}人的第{count}条意见：请修好楼道灯。");
                    let answer = send(&agent, base, &comment(&text)).unwrap();
                    assert!(answer.receipt().is_some(), "{}", answer.text);
                }
            });
        }
        let path = mail.to_str().unwrap();
        let output = install.run(&["mail", "import", path, "--consultation", SLUG]);
        over.store(true, Ordering::SeqCst);
        output
    });
    let complaint = String::from_utf8_lossy(&said.stderr);
    assert!(said.status.success(), "{complaint}");
    let forms = forms.into_inner();
    println!("together: {forms} forms and 200 letters");
    let database = install.open();
    let kept = "SELECT COUNT(*) AS answer FROM submissions";
    assert_eq!(number(&database, kept), forms + 200);
    assert_whole(&database);
}

install_on_both!(letters_under_load, super::letters_come_in_under_load);
