import { startBrowser } from './support.mjs';
import { readFileSync } from 'node:fs';
const [out, width, ...files] = process.argv.slice(2);
const b = await startBrowser(); const p = await (await b.newContext({viewport:{width:Number(width)*files.length+20*files.length,height:400}})).newPage();
const imgs = files.map(f=>`<img style="width:${width}px;vertical-align:top;margin:0 8px;border:1px solid #999" src="data:image/png;base64,${readFileSync(f).toString('base64')}">`).join('');
await p.setContent(`<body style="margin:0;background:#888;white-space:nowrap">${imgs}</body>`); await p.waitForTimeout(500);
await p.screenshot({path:out, fullPage:true}); await b.close();
