//! What people write: each letter with who can be reached how and what it is about.

/// How a letter says which section it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// By number or heading.
    Yes,
    /// Only by words of the draft.
    Quoted,
    /// Not at all.
    No,
}

/// One letter and its reading.
#[derive(Clone, Copy, Debug)]
pub struct Written {
    pub from: &'static str,
    pub text: &'static str,
    pub name: Option<&'static str>,
    pub organisation: Option<&'static str>,
    pub phones: &'static [&'static str],
    pub emails: &'static [&'static str],
    /// The section of each opinion, in order.
    pub sections: &'static [Option<&'static str>],
    pub named: Named,
}

const NOBODY: Written = Written {
    from: "风中的云",
    text: "",
    name: None,
    organisation: None,
    phones: &[],
    emails: &[],
    sections: &[None],
    named: Named::No,
};

/// Letters in simplified Chinese.
pub const LETTERS: &[Written] = &[
    Written {
        text: "您好：\n我认为第二部分第（二）条第4项中的助餐对象应放宽到五十五岁。\n此致\n敬礼\n市民：孟清和\n联系电话：19900001234",
        name: Some("孟清和"),
        phones: &["19900001234"],
        sections: &[Some("二/(二)/4")],
        named: Named::Yes,
        ..NOBODY
    },
    Written {
        text: "意见如下：\n1、第7条大件垃圾清运次数太少，建议每周四次。\n2、第8条应写明举报电话由谁接听。\n3、三、（二）经费明细要公布到街道。\n姓名：苏　文\n单位：望川区青禾社区居委会\n电话：0900-5550123转801\n邮箱：suwen@example.net",
        name: Some("苏文"),
        organisation: Some("望川区青禾社区居委会"),
        phones: &["0900-5550123转801"],
        emails: &["suwen@example.net"],
        sections: &[Some("二/(三)/7"), Some("二/(三)/8"), Some("三/(二)")],
        named: Named::Yes,
        ..NOBODY
    },
    Written {
        text: "同意方案。另外希望明确“学校操场在周末和假期向居民免费开放”由谁来管理。",
        sections: &[Some("二/(二)/5")],
        named: Named::Quoted,
        ..NOBODY
    },
    Written {
        from: "方明远",
        text: "水库周边五百米内禁止垂钓和野炊，这一条执行起来很难，建议设置巡查员。\n方明远 19900005678",
        name: Some("方明远"),
        phones: &["19900005678"],
        sections: &[Some("二/(三)/9")],
        named: Named::Quoted,
        ..NOBODY
    },
    Written {
        text: "领导好，我说三点。第一，自行车停放点离我家太远；第二，公交末班车太早；第三，停车收费太贵。盼回复。\n电话（微信同号）：199 0000 4321",
        phones: &["19900004321"],
        sections: &[None, None, None],
        ..NOBODY
    },
    Written {
        from: "望川区商会",
        text: "望川区便民服务局：\n现就征求意见稿反馈如下。\n对“加强组织领导”部分，建议吸收行业协会参加联席会议。\n望川区商会\n2025年6月10日",
        organisation: Some("望川区商会"),
        sections: &[Some("三/(一)")],
        named: Named::Yes,
        ..NOBODY
    },
    Written {
        text: "第二部分（一）第2条夜间班次建议延长到二十三点。第二部分（二）第6条拾便袋箱应由物业补充。\n联系人：石月明（业主）\n手机：１９９００００８８８８",
        name: Some("石月明"),
        phones: &["19900008888"],
        sections: &[Some("二/(一)/2"), Some("二/(二)/6")],
        named: Named::Yes,
        ..NOBODY
    },
    Written {
        text: "我叫唐雨晴，住在青禾街道。昨天致电贵局0900-5550199没有人接，所以写信。第3项收费标准应当听证后再公示。谢谢！",
        name: Some("唐雨晴"),
        sections: &[Some("二/(一)/3")],
        named: Named::Yes,
        ..NOBODY
    },
    Written {
        text: "文中提到餐费补贴按月发放到个人账户，请问没有银行卡的老人怎么办？\n身份证号：110101199001011234\n我的电话是19900002468",
        phones: &["19900002468"],
        sections: &[Some("二/(二)/4")],
        named: Named::Quoted,
        ..NOBODY
    },
    Written {
        text: "建议一是增加夜间照明，二是把“清理占道堆放的杂物”改为每天清理。\n以上意见供参考。\n岳 楠\n望川区绿行协会\n0900-5550456\n2025.6.12",
        name: Some("岳楠"),
        organisation: Some("望川区绿行协会"),
        phones: &["0900-5550456"],
        sections: &[None, Some("二/(一)/1")],
        named: Named::Quoted,
        ..NOBODY
    },
    Written {
        text: "支持！",
        sections: &[None],
        ..NOBODY
    },
    Written {
        text: "2.3.8 建筑工地夜间施工应当禁止，而不是公告。\n\n保障措施第（三）项的第三方机构怎么选？\n\n祝工作顺利！\n谭海\n联系方式：tanhai@example.net",
        name: Some("谭海"),
        emails: &["tanhai@example.net"],
        sections: &[Some("二/(三)/8"), Some("三/(三)")],
        named: Named::Yes,
        ..NOBODY
    },
    Written {
        text: "关于推进垃圾分类，我建议增加夜间投放时间。\n\n关于开放运动场地，建议开放篮球馆。\n\n单位：示例环保科技有限公司\n联系人及电话：顾北辰 0900-5550321",
        name: Some("顾北辰"),
        organisation: Some("示例环保科技有限公司"),
        phones: &["0900-5550321"],
        sections: &[Some("二/(三)/7"), Some("二/(二)/5")],
        named: Named::Yes,
        ..NOBODY
    },
];

/// Letters in other languages and in traditional characters.
pub const FOREIGN: &[Written] = &[
    Written {
        from: "John Carver",
        text: "Dear all,\nI live in the old town and I agree with the plan. Please keep the parks open at night.\nBest regards,\nJohn Carver\nTel: +44 20 7946 0000",
        name: Some("John Carver"),
        phones: &["+442079460000"],
        sections: &[None],
        ..NOBODY
    },
    Written {
        from: "佐藤 花子",
        text: "お世話になっております。\n公園の開放時間を延長していただけると助かります。\nよろしくお願いいたします。",
        sections: &[None],
        ..NOBODY
    },
    Written {
        from: "김민수",
        text: "안녕하세요.\n야간 버스 운행을 늘려 주시기 바랍니다.\n감사합니다.",
        sections: &[None],
        ..NOBODY
    },
];
