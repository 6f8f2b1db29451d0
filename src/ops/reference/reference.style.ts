/** Plain enough for a phone of 320 px and for a screen reader; dark where the reader's system is. */
export const REFERENCE_STYLE = `
:root{color-scheme:light dark;--line:#8884;--soft:#8881;--link:#0b57d0;--get:#0a7d33;--write:#9a4d00;--gone:#b3261e}
@media (prefers-color-scheme:dark){:root{--link:#8ab4f8;--get:#6dd58c;--write:#ffb870;--gone:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.6 system-ui,"Apple SD Gothic Neo","Noto Sans KR","NanumGothic",sans-serif;word-break:keep-all;overflow-wrap:anywhere}
a{color:var(--link)}
a:focus-visible,summary:focus-visible,pre:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-999em}.skip:focus{position:static}
header,footer{padding:.75rem 1rem;border-bottom:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline}
footer{border:0;border-top:1px solid var(--line)}
header strong{margin-right:auto}
.page{display:block;max-width:75rem;margin:0 auto}
nav.contents{padding:.5rem 1rem}
nav.contents ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:0 .75rem}
nav.contents a{display:block;padding:.3rem .25rem;text-decoration:none}
nav.contents a[aria-current]{font-weight:700;border-left:3px solid;padding-left:.5rem}
main{padding:0 1rem 3rem;min-width:0}
h1{font-size:1.6rem;line-height:1.3}h2{font-size:1.2rem;margin:2.5rem 0 .25rem;padding-top:1rem;border-top:1px solid var(--line)}h3{font-size:1rem;margin:1.25rem 0 .25rem}
code,pre{font:.875rem/1.5 ui-monospace,monospace}
.call{display:block;background:var(--soft);padding:.4rem .6rem;border-radius:.4rem}
.get{color:var(--get);font-weight:700}.post,.put,.patch{color:var(--write);font-weight:700}.delete{color:var(--gone);font-weight:700}
pre{overflow-x:auto;background:var(--soft);padding:.75rem;border-radius:.4rem;white-space:pre}
dl{margin:.25rem 0}dt{padding-top:.4rem;border-top:1px solid var(--line)}dd{margin:0 0 .4rem 0}
dd dl{margin-left:.75rem;padding-left:.75rem;border-left:2px solid var(--line)}
table{display:block;overflow-x:auto;border-collapse:collapse}th,td{text-align:left;overflow-wrap:normal;vertical-align:top;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line)}
small{opacity:.8}summary{cursor:pointer;padding:.3rem 0}
@media (min-width:60rem){.page{display:grid;grid-template-columns:15rem 1fr}nav.contents{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto}nav.contents ul{display:block}}
`;
