import{U as s,V as m,_ as $,c as n,f as r}from"./4LJRZRRO.js";function h(e){n(()=>{document.title=e?`${e} · demarche news desk`:"demarche news desk"},[e])}function w({answer:e,what:i,title:d,said:a,bar:u,children:c}){h(d),n(()=>{a&&$(a)},[a]);let{value:o,error:t,loading:l,again:f}=e;return r`${u}<main id="main" tabindex="-1" aria-busy=${l?"true":void 0}><div class="wrap">
    ${t?r`<h1 class="vh">${i}</h1><${m} error=${t} again=${f} what=${i} />`:o?c(o):r`<h1 class="vh">${i}</h1><${s} loading=${!0} what=${i.toLowerCase()} />`}
  </div></main>`}export{h as a,w as b};
