import{a,b}from"../part/CDND4ZAG.js";import"../part/QGQTEIBS.js";import"../part/GMFXNVNT.js";import"../part/HERVVHLT.js";export{a as Article,b as Reading};
