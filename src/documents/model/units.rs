//! The names of responsible units: 区发改委 and 区发展和改革委员会 are one office.
//!
//! The names and their short forms are those of the bodies of local government that the reform of
//! 2018 (《深化党和国家机构改革方案》) left, as official texts print them.

use super::shadow;

/// The field of an office: how it is printed in full, and in other ways, with the body it has.
struct Field {
    name: &'static str,
    body: &'static str,
    others: &'static [&'static str],
}

const fn field(name: &'static str, body: &'static str, others: &'static [&'static str]) -> Field {
    Field { name, body, others }
}

/// One region has one office for each field, be it called 局, 委 or 厅.
const FIELDS: [Field; 36] = [
    field("发展改革", "委", &["发展和改革", "发改"]),
    field("教育", "局", &["教"]),
    field("科技", "局", &["科学技术"]),
    field(
        "科技和信息化",
        "局",
        &["科学技术和信息化", "科技信息化", "科信"],
    ),
    field("工业和信息化", "局", &["工业信息化", "工信"]),
    field("公安", "局", &[]),
    field("民政", "局", &[]),
    field("司法", "局", &[]),
    field("财政", "局", &[]),
    field(
        "人力资源社会保障",
        "局",
        &["人力资源和社会保障", "人力社保", "人社"],
    ),
    field(
        "规划和自然资源",
        "局",
        &["规划自然资源", "规划资源", "规自", "规资"],
    ),
    field("自然资源", "局", &["自然资源和规划", "自然资源规划"]),
    field("生态环境", "局", &[]),
    field(
        "住房城乡建设",
        "委",
        &["住房和城乡建设", "住房建设", "住建"],
    ),
    field("城市管理", "委", &["城管"]),
    field("交通运输", "局", &["交通"]),
    field("水务", "局", &[]),
    field("农业农村", "委", &["农业和农村"]),
    field("商务", "局", &[]),
    field("文化和旅游", "局", &["文化旅游", "文旅"]),
    field("卫生健康", "委", &["卫健"]),
    field("退役军人", "局", &["退役军人事务"]),
    field("应急", "局", &["应急管理"]),
    field("审计", "局", &[]),
    field("市场监管", "局", &["市场监督管理", "市场监督", "市监"]),
    field("医保", "局", &["医疗保障"]),
    field("统计", "局", &[]),
    field("国资", "委", &["国有资产监督管理", "国有资产管理"]),
    field("政务服务", "办", &["政务服务管理", "政务"]),
    field("金融", "局", &["金融工作", "地方金融", "地方金融监督管理"]),
    field("网信", "办", &["网络安全和信息化委员会", "互联网信息"]),
    field("人防", "办", &["人民防空"]),
    field("知识产权", "局", &[]),
    field("大数据", "局", &["大数据管理", "大数据发展"]),
    field("机关事务", "局", &["机关事务管理"]),
    field("政府", "办", &["人民政府", "政"]),
];

/// What an office is called behind its field, the longer before what it ends with.
const BODIES: [&str; 7] = ["委员会", "办公室", "管理局", "委", "局", "厅", "办"];

/// Bodies that have no field of their own.
const WHOLE: [(&str, &str); 9] = [
    ("人民政府", "政府"),
    ("残疾人联合会", "残联"),
    ("妇女联合会", "妇联"),
    ("科学技术协会", "科协"),
    ("工商业联合会", "工商联"),
    ("文学艺术界联合会", "文联"),
    ("共产主义青年团委员会", "团委"),
    ("红十字协会", "红十字会"),
    ("街道办事处", "街道办"),
];

/// One form of a unit's name, for comparing: blanks and full-width forms folded, the office by its
/// usual short name, the region before it as printed. A name that is not known stays as it is.
///
/// `区发改委`, `区发展和改革委员会` and `区发展改革局` are all `区发展改革委`.
#[must_use]
pub fn canonical(name: &str) -> String {
    let name = shadow::squeeze(name);
    let whole = WHOLE.iter().find_map(|(long, short)| {
        let region = name.strip_suffix(long)?;
        is_region(region).then(|| format!("{region}{short}"))
    });
    whole.or_else(|| office(&name)).unwrap_or(name)
}

/// Whether two names are those of one unit.
#[must_use]
pub fn same(one: &str, other: &str) -> bool {
    canonical(one) == canonical(other)
}

fn office(name: &str) -> Option<String> {
    BODIES
        .iter()
        .filter_map(|body| name.strip_suffix(body))
        .find_map(|front| {
            FIELDS.iter().find_map(|field| {
                let region = std::iter::once(&field.name)
                    .chain(field.others)
                    .filter_map(|words| front.strip_suffix(words))
                    .find(|region| is_region(region))?;
                Some(format!("{region}{}{}", field.name, field.body))
            })
        })
}

/// What can stand before an office: nothing, a region, or 各区.
fn is_region(words: &str) -> bool {
    words.is_empty()
        || words.ends_with(['省', '市', '区', '县', '州', '盟', '旗', '乡', '镇', '国'])
        || words == "国家"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_full_names_are_one_unit() {
        for (one, other) in [
            ("区发改委", "区发展改革委"),
            ("区发改委", "区发展和改革委员会"),
            ("国家发展改革委", "国家发展和改革委员会"),
            ("区教委", "区教育局"),
            ("市市场监管委", "市市场监督管理委员会"),
            ("区市监局", "区市场监督管理局"),
            ("区人社局", "区人力资源和社会保障局"),
            ("区人力社保局", "区人力资源社会保障局"),
            ("松涧区住建委", "松涧区住房和城乡建设委员会"),
            ("区卫健委", "区卫生健康委员会"),
            ("区卫健委", "区卫生健康局"),
            ("区科信局", "区科技和信息化局"),
            ("区农业农村委", "区农业农村局"),
            ("省财政厅", "省财政局"),
            ("区应急局", "区应急管理局"),
            ("区网信办", "区网络安全和信息化委员会办公室"),
            ("区政府办", "区人民政府办公室"),
            ("区政府", "区人民政府"),
            ("区残联", "区残疾人联合会"),
            ("区 教育局", "区教育局"),
        ] {
            assert!(same(one, other), "{one} and {other}");
        }
    }

    #[test]
    fn other_units_and_other_regions_are_kept_apart() {
        for (one, other) in [
            ("区发改委", "市发改委"),
            ("松涧区财政局", "区财政局"),
            ("区民族宗教委", "区教委"),
            ("区委宣传部", "区委组织部"),
            ("区科技局", "区科信局"),
            ("区自然资源局", "区规划和自然资源局"),
            ("各街镇", "各镇"),
        ] {
            assert!(!same(one, other), "{one} and {other}");
        }
        assert_eq!(canonical("区民族宗教委"), "区民族宗教委");
        assert_eq!(canonical("各有关单位"), "各有关单位");
    }
}
