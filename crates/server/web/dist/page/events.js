import{a,b}from"../part/H5CNOKSZ.js";import"../part/CA4RH2US.js";import"../part/4LJRZRRO.js";import"../part/HERVVHLT.js";export{b as Events,a as asked};
