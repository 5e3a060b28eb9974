import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';

/** A request as the HTTP API hands it over, and the answer that it takes. */
export type Request = APIGatewayProxyEventV2;
export type Response = APIGatewayProxyStructuredResultV2;
