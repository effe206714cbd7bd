//! `staff add` and `staff password`.

use crate::support::PASSWORD;
use crate::support::process::Installation;

const ADD: [&str; 5] = ["staff", "add", "zhou", "--name", "周青禾"];

#[test]
fn an_account_with_a_password_of_its_own() {
    let here = Installation::new();
    let done = here.run_with(&ADD, &format!("{PASSWORD}\n"));
    assert_eq!(done.good(), "added zhou\n");
    assert!(done.err.is_empty() && !done.out.contains(PASSWORD));
    let taken = here.run_with(&ADD, PASSWORD);
    assert!(taken.refusal().contains("zhou"), "{taken:?}");
    assert_eq!(
        here.run_with(&["staff", "password", "zhou"], "Another-2025-one\r\n")
            .good(),
        "set the password of zhou\n"
    );
    let nobody = here.run_with(&["staff", "password", "nobody"], PASSWORD);
    assert!(nobody.refusal().contains("nobody"), "{nobody:?}");
}

#[test]
fn a_made_password_is_shown_once() {
    let here = Installation::new();
    let done = here.run(&ADD);
    let lines: Vec<&str> = done.good().lines().collect();
    assert_eq!(lines[0], "added zhou");
    assert!(lines.len() == 2 && lines[1].len() == 19, "{done:?}");
    assert!(done.err.contains("only this once") && !done.err.contains(lines[1]));
    let other = Installation::new().run(&ADD);
    assert_ne!(other.good(), done.good());
}

#[test]
fn what_is_wrong_leaves_nothing() {
    let here = Installation::new();
    for (arguments, input, says) in [
        (&ADD[..], "short", "12 to 200 characters"),
        (&ADD, "password1234", "too common"),
        (&ADD, "Zhou-2025-long-enough", "login"),
        (
            &["staff", "add", "9zhou", "--name", "周"],
            PASSWORD,
            "login",
        ),
        (
            &["staff", "add", "周青禾", "--name", "周"],
            PASSWORD,
            "login",
        ),
        (&["staff", "add", "zhou", "--name", " "], PASSWORD, "name"),
        (
            &["staff", "add", "zhou", "--name", "周", "--role", "chief"],
            PASSWORD,
            "role",
        ),
    ] {
        let done = here.run_with(arguments, input);
        assert!(done.refusal().contains(says), "{arguments:?}: {done:?}");
        assert!(!done.err.contains(input), "{done:?}");
    }
    assert!(here.listing().is_empty());
}

#[test]
fn accounts_are_listed_closed_and_reopened() {
    let here = Installation::new();
    here.run_with(&ADD, PASSWORD).good();
    let last = here.run(&["staff", "close", "zhou"]);
    assert!(last.refusal().contains("last account"), "{last:?}");
    let last = here.run(&["staff", "role", "zhou", "auditor"]);
    assert!(last.refusal().contains("last account"), "{last:?}");
    let wang = ["staff", "add", "wang", "--name", "王一苇"];
    here.run_with(&wang, PASSWORD).good();
    here.run(&["staff", "role", "wang", "auditor"]).good();
    here.run(&["staff", "role", "wang", "drafter"]).good();
    here.run(&["staff", "close", "zhou"]).good();
    let closed = here.run(&["staff", "close", "zhou"]);
    assert!(closed.refusal().contains("zhou"), "{closed:?}");
    let listed = here.run(&["staff", "list"]);
    assert!(listed.good().contains("周青禾") && listed.good().contains("wang"));
    assert!(
        here.run(&["staff", "list", "--json"])
            .json()
            .to_string()
            .contains("王一苇")
    );
    here.run(&["staff", "reopen", "zhou"]).good();
    for command in [
        &["staff", "close", "nobody"][..],
        &["staff", "role", "wang", "chief"],
    ] {
        here.run(command).refusal();
    }
}
