(()=>{var e=new URLSearchParams(location.search).get("theme"),t=e==="dark"||e==="light"?e:localStorage.getItem("desk-theme");t&&(document.documentElement.dataset.theme=t);})();
