import { Visitor, sizes, startBrowser, startDemo } from './support.mjs';
import { createWriteStream } from 'node:fs';
const demo = await startDemo(); const browser = await startBrowser();
try {
for (const [size, viewport] of Object.entries(sizes)) {
  const v = await Visitor.arrive(browser, demo.address, `f-${size}`, { viewport });
  const look = async (w) => { try { await v.look(w); } catch(e) { console.log(String(e.message)); v.faults.length=0; } };
  await v.open('/c/demo/comment?section=2.1.1&p=1');
  await v.page.fill('#text', '每季度一次太少。'); await v.page.getByRole('button',{name:'下一步'}).last().click();
  await v.page.getByRole('button',{name:'加照片或文件'}).click(); await look('files');
  await v.page.setInputFiles('#upload', [{name:'现场照片.txt', mimeType:'text/plain', buffer: Buffer.from('楼道现场说明')},{name:'a.exe', mimeType:'image/png', buffer: Buffer.from('MZ\x90\x00')}]);
  await v.page.getByRole('button',{name:'上传选中的文件'}).click(); await look('files-wrong');
  await v.page.getByRole('button',{name:'好了'}).click(); await look('tray-files');
  await v.page.getByRole('button',{name:'下一步：填联系方式'}).click();
  await v.page.check('#sender_organisation'); await v.page.fill('#organisation','青禾区示例物业服务有限公司');
  await v.page.getByText('再多说一点').click(); await look('who-more');
  await v.page.fill('#name','沈知秋'); await v.page.fill('#email','shen@example.org'); await v.page.getByRole('button',{name:'下一步：核对'}).click(); await look('check');
  await v.page.check('#consent'); await v.page.getByRole('button',{name:'提交意见'}).last().click(); await look('receipt');
}
} finally { await browser.close(); await demo.stop(); }
