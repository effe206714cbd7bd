//! The warnings a reading can carry.

use super::letter::Warning;

macro_rules! warnings {
    ($($name:ident = $code:literal, $zh:literal, $en:literal;)+) => {
        $(pub const $name: Warning = Warning { code: $code, message: $zh, message_en: $en };)+
    };
}

warnings! {
    EMPTY = "empty", "邮件是空的；原件已保留", "the message is empty; the original is kept";
    NO_HEADERS = "no-headers", "没有邮件头，全部内容按正文处理", "no header block; everything is read as the letter";
    NO_MESSAGE_ID = "no-message-id", "邮件没有 Message-ID，已用内容的散列值代替", "no Message-ID; one was made from the hash";
    NO_SENDER = "no-sender", "邮件没有写明发件人，仍作为来件处理", "no sender is named; it is a submission all the same";
    NO_DATE = "no-date", "邮件没有可读的发送日期", "no readable Date";
    BAD_CHARACTERS = "bad-characters", "正文中有无法识别的字符；请对照原件", "some characters could not be read; compare the original";
    NO_WORDS = "no-words", "没有找到来信人自己写的文字；请查看折叠内容和附件", "no words of the sender's own were found; look at the elided text and the attachments";
    FORWARDED = "forwarded", "信中只有转发的内容，已把转发内容作为正文", "the letter is only a forwarded message; its text was taken as the letter";
    SEE_ATTACHMENT = "see-attachment", "正文很短，意见可能在附件里", "the text is short; the opinion may be in an attachment";
    TEXT_CUT = "text-cut", "正文过长，只读取了前一部分；全文已作为附件保留", "the text is very long; only its beginning was read and the whole is attached";
    NO_BOUNDARY = "no-boundary", "邮件的分段标记缺失，按纯文本处理", "the parts of the message could not be told apart; read as plain text";
    TOO_COMPLEX = "too-complex", "邮件的分段过多或嵌套过深，其余部分未拆分；原件已保留", "too many or too deeply nested parts; the rest was not taken apart";
    ENCRYPTED = "encrypted", "邮件已加密，无法读取内容", "the message is encrypted and cannot be read";
    TNEF = "winmail", "附件 winmail.dat 是 Outlook 专用格式，没有全部读出，里面可能还有文件", "winmail.dat is Outlook's own format and was not read to its end; it may hold further files";
    SIGNED = "signed", "邮件带有数字签名，这里没有验证", "the message carries a digital signature, which was not verified here";
    SIGNED_OPAQUE = "signed-opaque", "邮件内容封装在数字签名文件里，没有读取；请用邮件软件打开附件", "the letter is wrapped in a signature file and was not read; open the attachment in a mail program";
    FORWARDED_ATTACHED = "forwarded-attached", "信中只有作为附件转发的邮件，已把其中的内容作为正文", "the letter is only a message forwarded as an attachment; its text was taken as the letter";
    ATTACHED_LETTER = "attached-letter", "正文只说明见附件，意见取自附件；请对照附件原件", "the text only points to the attachment; the opinions were read from it, compare the original";
    ATTACHED_ALSO = "attached-also", "除正文以外，附件里的意见也已读取；请对照附件原件", "opinions were read from the attachment as well; compare the original";
    ATTACHED_UNREAD = "attached-unread", "正文说明见附件，但有附件没有读取（格式不能识别、过大或有密码）；请打开附件查看", "the text points to the attachment, but not every file could be read (format, size or password); open it";
    ATTACHED_UNCONVERTED = "attached-unconverted", "附件是.doc、.wps或.odt格式，本机没有转换（没有安装转换程序、不能断网转换或转换超时），所以没有读取；请打开附件查看", "an attached .doc, .wps or .odt was not converted (no LibreOffice, no way to keep it from the network, or too slow) and so not read; open it";
    ATTACHED_DRAFT = "attached-draft", "附件大部分是征求意见稿原文，没有作为意见读取；请查看其中的改动", "the attachment is mostly the draft itself and was not read as opinions; look for changes in it";
    ATTACHED_CUT = "attached-cut", "附件过长，只读取了前一部分；全文在附件里", "the attachment is very long; only its beginning was read";
    NULL_SENDER = "null-sender", "信封发件人为空，回执可能无法送达", "the envelope sender is empty; a receipt may not arrive";
}
