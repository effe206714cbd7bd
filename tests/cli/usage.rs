//! Exit codes: 0 done, 1 refused, 2 called wrongly.

use crate::support::process::Installation;

#[test]
fn help_and_version_are_no_mistake() {
    let here = Installation::new();
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["serve", "--help"],
        &["mail", "import", "--help"],
    ] {
        let done = here.run(arguments);
        assert!(!done.good().is_empty() && done.err.is_empty(), "{done:?}");
    }
    assert!(here.listing().is_empty());
}

#[test]
fn wrong_usage_is_two() {
    let here = Installation::new();
    for arguments in [
        &[][..],
        &["nothing"],
        &["import"],
        &["export", "plan"],
        &["export", "plan", "--format", "csv"],
        &["document", "outline"],
        &["mail", "import"],
        &["serve", "--port", "80"],
        &["demo", "--port", "70000"],
        &["staff", "add", "zhou"],
    ] {
        let done = here.run(arguments);
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{arguments:?}");
        assert!(!done.err.is_empty(), "{arguments:?}");
    }
    assert!(here.listing().is_empty());
}

#[test]
fn the_language_is_the_terminals() {
    let mut here = Installation::new();
    let english = here.run(&["document", "outline", "none.txt"]);
    assert!(english.refusal().contains("cannot read none.txt"));
    here.set("LANG", "zh_CN.UTF-8");
    let chinese = here.run(&["document", "outline", "none.txt"]);
    assert!(chinese.refusal().contains("无法读取文件 none.txt"));
}
