// Puts the chosen theme on the page before anything is drawn.
const asked = new URLSearchParams(location.search).get('theme');
const theme = asked === 'dark' || asked === 'light' ? asked : localStorage.getItem('desk-theme');
if (theme) document.documentElement.dataset.theme = theme;
