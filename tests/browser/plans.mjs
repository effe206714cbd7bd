// A notice with its draft and explanation, and the revised draft: our own, in the form of real ones.

const notice = (name) => `为让老旧小区的居民晾晒方便、楼道整洁,我局起草了《${name}》(征求意见稿),现向社会公开征求意见,时间为2025年6月5日至2025年7月10日。
欢迎通过电话或电子邮件反馈,并请附联系人及联系方式。
通讯地址:松涧区社区建设局治理科
联系人:陶知行
电话:0900-5550123
电子邮箱:loudao@example.org
附件:1.《${name}》(征求意见稿)
2.《${name}》(征求意见稿)起草说明
松涧区社区建设局
2025年6月4日
`;

const explanation = (name) => `《${name}》
(征求意见稿)起草说明
一、编制背景
楼道堆物影响通行和安全,居民反映较多。
二、主要内容
方案分为总体要求、重点任务、组织保障三部分。
松涧区社区建设局
2025年6月4日
`;

const draft = (name) => `${name}(征求意见稿)
为改善居住环境,结合松涧区实际,制定本方案。
一、总体要求
(一)指导思想。坚持居民自愿、社区牵头、部门帮助。
(二)主要目标。到2025年底,楼道杂物清理率达到95.5%。
——楼道更加整洁。清理杂物,粉刷墙面。
——消防更加安全。打通生命通道。
到2027年,长效管护机制更加完善。
二、重点任务
(一)清理楼道杂物
1.开展集中清理。各社区每季度组织一次集中清理,提前7天张贴通知。(区社区建设局、区城管局和各街镇等按职责分工负责)
2.规范晾晒设施。在采光好的位置安装统一晾衣架(试行),每个单元不少于2处。(区社区建设局、区住建局和各街镇等按职责分工负责)
(二)完善消防设施
3.补齐灭火器材。每层配备2具灭火器,每年检验一次。(区消防队、区社区建设局和各街镇等按职责分工负责)
4.规范电动车充电。在楼外建设充电棚,严禁楼道充电。(区消防队、区供电公司、区社区建设局和各街镇等按职责分工负责)
三、组织保障
(一)加强领导。建立联席会议制度。
(二)加强宣传。编印简明手册。
`;

const paragraphs = (text) => text.trimEnd().split('\n').map((line) => `<p>${line}</p>`).join('\n');

/** The notice as a page of a government's site: an article among navigation. */
export function firstPage(name) {
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>${name}</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/xwzx">新闻中心</a> <a href="/zwgk">政务公开</a></div>
<div class="article"><h1>关于公开征求《${name}》(征求意见稿)意见的公告</h1>
${paragraphs(notice(name) + draft(name) + explanation(name))}
</div><div class="footer">版权所有 网站地图</div></body></html>`;
}

/** The revised draft: one section edited, one new so that the following are renumbered, one gone. */
export function revised(name) {
  return draft(name)
    .replace('每季度组织一次集中清理', '每月组织一次集中清理')
    .replace('3.补齐灭火器材', '3.清运大件垃圾。每月第一个周末设置临时堆放点,专车清运。(区城管局和各街镇等按职责分工负责)\n4.补齐灭火器材')
    .replace('4.规范电动车充电', '5.规范电动车充电')
    .replace('(二)加强宣传。编印简明手册。\n', '');
}
