//! A Maildir on the same machine.

use crate::desk::{Reader, counts, letter, registered};
use crate::on_both;
use jianyan::mailboxes::model::Failure;

on_both! {
    /// New and old letters once, also when a mail program moves them and sets flags.
    fn a_maildir_is_read_once(site: TestSite) {
        site.publish_sample();
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        let address = format!("maildir:{}", here.display());
        let reader = Reader::of(&site);
        assert_eq!(reader.look(&address), Err(Failure::Folder));
        for part in ["new", "cur", "tmp"] {
            std::fs::create_dir(here.join(part)).unwrap();
        }
        for number in 0..90 {
            let name = if number % 2 == 0 { format!("new/{number:03}.x") } else { format!("cur/{number:03}.x:2,S") };
            std::fs::write(here.join(name), letter(number)).unwrap();
        }
        std::fs::write(here.join("tmp/half"), b"From: half").unwrap();
        assert_eq!(reader.look(&address), Ok(registered(90)));
        std::fs::rename(here.join("new/000.x"), here.join("cur/000.x:2,RS")).unwrap();
        std::fs::write(here.join("new/200.x"), letter(200)).unwrap();
        assert_eq!(reader.look(&address), Ok(registered(1)));
        assert_eq!(counts(&site), (91, 91, 91));
        assert_eq!(std::fs::read_dir(here.join("new")).unwrap().count(), 45, "nothing was moved");
    }

    /// A file that is larger than a letter may be is not read into memory: it stays where it is, the
    /// office is told, and the others come in.
    fn a_huge_file_is_passed_over(site: TestSite) {
        site.publish_sample();
        let folder = tempfile::tempdir().unwrap();
        for part in ["new", "cur"] {
            std::fs::create_dir(folder.path().join(part)).unwrap();
        }
        let limit = u64::try_from(site.config.letter_limit_bytes).unwrap();
        let huge = std::fs::File::create(folder.path().join("new/1.huge")).unwrap();
        huge.set_len(limit * 4 + 1).unwrap();
        std::fs::write(folder.path().join("new/2.x"), letter(2)).unwrap();
        let looked = Reader::of(&site).look(&format!("maildir:{}", folder.path().display())).unwrap();
        assert_eq!((looked.registered, looked.failed), (1, 1));
        let page = site.staff().get("/office/mailboxes").text();
        assert!(page.contains("超出了上限"), "{page}");
        assert!(folder.path().join("new/1.huge").exists());
    }
}
