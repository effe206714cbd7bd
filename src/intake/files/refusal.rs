//! Why a file is not taken, and what its sender can do.

use crate::error::{Error, Kind};

/// A reason to leave a file out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Empty,
    /// A program.
    Program,
    /// A script, told by its first line or its name.
    Script,
    /// HTML, SVG or XML: a browser would run what is in it.
    Markup,
    /// An archive: what is in it cannot be seen.
    Archive,
    /// Sound or film.
    Media,
    /// A document with macros.
    Macros,
    /// A document locked with a password.
    Locked,
    /// It is two kinds of file at once.
    Mixed,
    /// A moving picture: only one of its pictures could be kept.
    Moving,
    /// A picture of more dots than are read.
    TooManyDots,
    /// It begins like a file of a kind we know, and is none.
    Broken,
    /// Anything else.
    Unknown,
}

const TAKEN: (&str, &str) = (
    "可以上传照片（JPG、PNG、GIF、WebP、HEIC）、PDF、OFD、Word、Excel、PowerPoint、WPS文档和纯文本",
    "Photographs (JPG, PNG, GIF, WebP, HEIC), PDF, OFD, Word, Excel, PowerPoint, WPS documents and plain text are taken",
);

impl Refusal {
    /// The sentence for the sender, with the name of the file.
    #[must_use]
    #[track_caller]
    pub fn of(self, name: &str) -> Error {
        let (zh, en) = self.words();
        Error::new(
            Kind::Invalid,
            format!("“{name}”没有接收：{zh}"),
            format!("“{name}” was not taken: {en}"),
        )
    }

    fn words(self) -> (String, String) {
        let own = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
        let with_list =
            |zh: &str, en: &str| (format!("{zh}。{}", TAKEN.0), format!("{en}. {}", TAKEN.1));
        match self {
            Self::Empty => own("文件是空的，请重新选择", "it is empty; choose it again"),
            Self::Program => with_list("这是程序，不能接收", "it is a program"),
            Self::Script => with_list("这是脚本，不能接收", "it is a script"),
            Self::Markup => with_list(
                "这是网页、SVG或XML文件，里面可能带有会自动运行的内容。请打印成PDF或截图后上传",
                "it is a web page, SVG or XML, which can hold things that run by themselves; print it to PDF or send a picture of it",
            ),
            Self::Archive => with_list(
                "压缩包不能接收，请把里面的文件分别上传",
                "archives are not taken; send the files in it one by one",
            ),
            Self::Media => with_list(
                "录音、录像不能接收，请写成文字",
                "sound and film are not taken; write it down instead",
            ),
            Self::Macros => own(
                "文档里带有宏。请另存为不带宏的文档（.docx、.xlsx）或PDF后上传",
                "it holds macros; save it as a document without macros (.docx, .xlsx) or as PDF and send that",
            ),
            Self::Locked => own(
                "文档设了密码，工作人员打不开。请取消密码后上传",
                "it is locked with a password, so the office could not open it; take the password off and send it again",
            ),
            Self::Mixed => own(
                "文件里夹带了另一种文件，内容前后不一致。请打印成PDF或截图后上传",
                "another kind of file is hidden in it; print it to PDF or send a picture of it",
            ),
            Self::Moving => own(
                "动图只能保留一帧，请截图后上传",
                "it is a moving picture, of which one frame could be kept; send a picture of that frame",
            ),
            Self::TooManyDots => own(
                "照片的像素太多（超过5000万）。请用手机里的“编辑”缩小，或发送截图",
                "it has more than 50 million pixels; make it smaller, or send a screenshot",
            ),
            Self::Broken => own(
                "文件不完整或已损坏，打不开。请重新保存一份再上传",
                "it is damaged or cut short; save it again and send that",
            ),
            Self::Unknown => with_list("无法识别这种文件", "this kind of file is not known here"),
        }
    }
}
