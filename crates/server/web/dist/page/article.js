import{a,b}from"../part/YWV3A7XN.js";import"../part/FULZC4QJ.js";import"../part/PHY7BDLH.js";import"../part/HERVVHLT.js";export{a as Article,b as Reading};
