//! Everything the program makes is for its own account alone, whatever the umask.

use crate::install_on_both;
use crate::program::{Install, SLUG};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

fn under(umask: &str, plain: &Command) {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("umask {umask}; exec \"$0\" \"$@\"")]);
    command.arg(plain.get_program()).args(plain.get_args());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn open_ones(path: &Path, found: &mut Vec<String>) {
    let meta = std::fs::symlink_metadata(path).unwrap();
    if meta.permissions().mode() & 0o077 != 0 {
        found.push(format!(
            "{} {:o}",
            path.display(),
            meta.permissions().mode()
        ));
    }
    if meta.is_dir() {
        for entry in std::fs::read_dir(path).unwrap() {
            open_ones(&entry.unwrap().path(), found);
        }
    }
}

fn assert_private(path: &Path) {
    let mut found = Vec::new();
    open_ones(path, &mut found);
    assert!(found.is_empty(), "{found:#?}");
}

fn made_for_one_account(install: &Install, umask: &str) {
    let notice = install.notice();
    let letters = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo/letters");
    let sheet = install.folder.path().join("sheet.xlsx");
    let run = |arguments: &[&str]| under(umask, &install.command(arguments));
    run(&["import", notice.to_str().unwrap(), "--slug", SLUG]);
    let (letters, output) = (letters.to_str().unwrap(), sheet.to_str().unwrap());
    run(&["mail", "import", "--consultation", SLUG, letters]);
    run(&["export", SLUG, "--format", "xlsx", "--output", output]);
    assert_private(install.data());
    assert_private(&sheet);
    let storage = install.data().join("storage");
    assert!(storage.read_dir().unwrap().count() > 2);
    // What an older version left open is closed at the next start.
    for folder in storage.read_dir().unwrap() {
        let folder = folder.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
        for file in folder.read_dir().unwrap() {
            let file = file.unwrap().path();
            std::fs::set_permissions(&file, PermissionsExt::from_mode(0o644)).unwrap();
        }
    }
    std::fs::set_permissions(&storage, PermissionsExt::from_mode(0o755)).unwrap();
    let key = install.data().join("site.key");
    std::fs::set_permissions(&key, PermissionsExt::from_mode(0o644)).unwrap();
    let login = ["staff", "add", "zhou", "--name", "周青禾"];
    install.done(&login);
    assert_private(install.data());
}

fn without_umask(install: Install) {
    made_for_one_account(&install, "000");
}

fn usual_umask(install: Install) {
    made_for_one_account(&install, "022");
}

install_on_both!(modes_000, super::without_umask);
install_on_both!(modes_022, super::usual_umask);
