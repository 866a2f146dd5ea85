import { createElement } from 'react'; import { renderToStaticMarkup } from 'react-dom/server'; import RM from 'react-markdown'; import gfm from 'remark-gfm'; import san from 'rehype-sanitize';
const k=Number(process.argv[3]??1);
const R=(s,n)=>s.repeat(Math.round(n*k));
const cases = {
 quote: ()=>R('>',100)+' deep', list:()=>R('- ',100)+'x', 
 emph: ()=>R('*_',300)+'a'+R('_*',300), strong: ()=>R('**a ',500)+R(' b**',500), brackets:()=>R('[',3000), imgs:()=>R('![',500)+'a'+R('](x)',500),
 links:()=>R('[',500)+'a'+R('](x)',500), under:()=>R('_a ',2000), ticks:()=>Array.from({length:100*k},(_,i)=>'`'.repeat(i)).join(' '), table:()=>'|'+'a|'.repeat(200)+'\n|'+'-|'.repeat(200)+'\n'+R('|'+'b|'.repeat(200)+'\n',20),
 line:()=>R('a',100000), words:()=>R('word ',20000), lines:()=>R('x\n',50000), refs:()=> Array.from({length:500*k},(_,i)=>`[r${i}]: http://e.org/${i}`).join('\n')+'\n'+Array.from({length:500*k},(_,i)=>`[a][r${i}]`).join(' '),
 autol: ()=>R('http://example.org/',500), emails:()=>R('a@b.',2000), foot:()=> R('[^1]',500)+'\n\n[^1]: a', html:()=>R('<a ',2000), ent:()=>R('&amp;',5000), hr:()=> R('***\n',2000), stars:()=>R('*',5000), tildes:()=>R('~',5000)+'a', amp:()=> R('<',5000), mixed:()=>R('- a\n  > b\n\n    code\n',200), items:()=>R('- a\n',5000), indents:()=>Array.from({length:60*k},(_,i)=>'  '.repeat(i)+'- x').join('\n'), prose:()=>R('Some **bold** and `code` and [a](http://x.y) text.\n\n- a\n- b\n\n',1000),
};
const c=process.argv[2]; if(!c){console.log(Object.keys(cases).join(' '));process.exit()}
const t=cases[c](); const b=performance.now(); let r; try{ r=renderToStaticMarkup(createElement(RM,{remarkPlugins:[gfm],rehypePlugins:[san],skipHtml:true},t)).length }catch(e){r=String(e).slice(0,60)}
console.log(c,'k',k,t.length,'chars',Math.round(performance.now()-b),'ms',r);
