import{a,b}from"../part/I3OWCS7R.js";import"../part/CA4RH2US.js";import"../part/4LJRZRRO.js";import"../part/HERVVHLT.js";export{a as Article,b as Reading};
