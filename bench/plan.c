#include <sys/resource.h>
#include <time.h>
#include "made.h"
static double now(void){struct timespec t;clock_gettime(CLOCK_PROCESS_CPUTIME_ID,&t);return (double)t.tv_sec+1e-9*(double)t.tv_nsec;}
static double t0;
static bool progress(void*c,const char*stage,double bound,double best,double gap){(void)c;
 fprintf(stderr,"%8.2f s %-24s bound %.6g best %.6g gap %.4f\n",now()-t0,stage,bound,best,gap);return true;}
int main(int argc,char**argv){
 made_size s={5,40,30,3,1};
 if(argc>5){s.hubs=atoi(argv[1]);s.places=atoi(argv[2]);s.periods=atoi(argv[3]);s.commodities=atoi(argv[4]);s.seed=(uint64_t)atoi(argv[5]);}
 ab_operation*op=made_operation(&s); ab_error err=AB_ERROR_INIT;
 t0=now(); ab_need*need;ab_access*access;ab_routes*routes;ab_trips*trips;ab_plan*plan;
 ab_need_make(op,&need,&err);ab_access_make(op,&access,&err);ab_routes_make(op,&routes,&err);
 fprintf(stderr,"%.2f routes\n",now()-t0);
 ab_trips_make(op,access,routes,&trips,&err);
 fprintf(stderr,"%.2f trips: %d kinds %d offers %d refused\n",now()-t0,trips->kind_count,trips->offer_count,trips->refusal_count);
 ab_plan_options o=AB_PLAN_OPTIONS_INIT;o.progress=progress;
 if(ab_plan_make(op,need,access,routes,trips,&o,&plan,&err)!=AB_OK){fprintf(stderr,"%s\n",err.message);return 1;}
 struct rusage u;getrusage(RUSAGE_SELF,&u);
 printf("%.2f s rows %d cols %d nnz %lld objective %.8g bound %.8g nothing %.8g gap %.5f MiB %ld\n",now()-t0,plan->lp_rows,plan->lp_cols,(long long)plan->lp_nonzeros,plan->objective,plan->bound,plan->objective_if_nothing,plan->gap_frac,u.ru_maxrss/1024);
 return 0;}
