/* one */ a = 1
bb          = /* two */ 2
ccc         = 3 /* three */
/*
   four
     five
*/
b { /* six */ }
/* seven
 eight */
d = 1 /* nine
*/
