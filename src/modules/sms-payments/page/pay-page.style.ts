/** The hosted page's one style sheet; allowed by its hash. Sizes in rem follow the reader's own text size. */
export const PAGE_STYLE = `*{box-sizing:border-box}
html{font-size:100%;-webkit-text-size-adjust:100%}
body{margin:0;background:#eef1f5;color:#14181f;line-height:1.5;
font-family:system-ui,-apple-system,"Apple SD Gothic Neo","Noto Sans KR","Malgun Gothic",sans-serif}
.page{max-width:28rem;margin:0 auto;padding:1rem 1rem 3rem}
.top{display:flex;justify-content:space-between;align-items:center;margin:.25rem 0 .75rem}
h1{font-size:1.25rem;margin:0}h2{font-size:1.125rem;margin:0 0 .75rem;line-height:1.4}
.card{background:#fff;border-radius:1rem;padding:1.25rem;margin-bottom:1rem;box-shadow:0 1px 3px rgba(20,24,31,.12)}
dl{display:grid;grid-template-columns:auto 1fr;gap:.4rem 1rem;margin:0}dt{color:#55606e}
dd{margin:0;text-align:right;overflow-wrap:anywhere;word-break:keep-all}
.sum{font-size:1.5rem;font-weight:700;line-height:1.2}dt.label{align-self:center}
p{margin:0 0 .75rem;word-break:keep-all;overflow-wrap:anywhere}
.field{margin-bottom:1rem}label{display:block;font-weight:600;margin-bottom:.3rem}
input,select{width:100%;font:inherit;font-size:1.0625rem;padding:.7rem .8rem;border:1px solid #8793a3;border-radius:.6rem;
background:#fff;color:inherit;min-height:3rem}
input[aria-invalid=true]{border-color:#c0271d;box-shadow:0 0 0 1px #c0271d}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;align-items:end}
.hint{font-size:.875rem;color:#55606e;margin:.3rem 0 0}.error{font-size:.9375rem;color:#b3201a;margin:.3rem 0 0}
.error:empty{display:none}
button,.button{display:block;width:100%;font:inherit;font-size:1.0625rem;font-weight:700;text-align:center;
text-decoration:none;padding:.8rem 1rem;min-height:3.25rem;border-radius:.75rem;border:1px solid #1d4fd7;
background:#1d4fd7;color:#fff;cursor:pointer;margin-top:.5rem}
button.plain{background:#fff;color:#1d4fd7}button[disabled]{opacity:.6;cursor:default}
a{color:#1d4fd7}a.lang{padding:.5rem 0}
:focus-visible{outline:3px solid #f0a500;outline-offset:2px}
.alert{background:#fdecea;border:1px solid #b3201a;color:#7d1511;border-radius:.75rem;padding:.8rem 1rem;margin:0 0 1rem}
.alert.info{background:#e8f1ff;border-color:#1d4fd7;color:#12337f}
[hidden]{display:none!important}
@media (prefers-color-scheme:dark){body{background:#12151a;color:#eef1f5}.card{background:#1d222a;box-shadow:none}
dt,.hint{color:#aab4c0}input,select{background:#12151a;border-color:#74808f}button.plain{background:transparent;color:#8fb0ff;
border-color:#8fb0ff}a{color:#8fb0ff}.error{color:#ff9c94}.alert{background:#3a1715;color:#ffd3cf;border-color:#ff9c94}
.alert.info{background:#16264d;color:#d3e1ff;border-color:#8fb0ff}.button{color:#fff}}`;
